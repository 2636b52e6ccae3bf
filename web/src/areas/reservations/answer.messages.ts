// Answering what waits for a venue.
import { messages } from '../../i18n/messages'

export const say = messages({
  sl: {
    approve: 'Odobri',
    approve_this: 'Odobri {title}',
    decline: 'Zavrni',
    decline_this: 'Zavrni {title}',
    reason: 'Razlog, ki ga prejme organizator',
    back: 'Nazaj',
    approved: 'Odobreno: {title}.',
    declined: 'Zavrnjeno: {title}.',
    too_late: '{title}: medtem je to spremenil nekdo drug, zato vaš odgovor ne velja.',
    changed: 'Medtem je to spremenil nekdo drug',
    changed_text: 'Zdaj: {now}. Vi ste videli: {before}. Preverite in poskusite znova.',
    approve_all: {
      one: 'Odobri {n} termin',
      two: 'Odobri {n} termina',
      few: 'Odobri vse {n} termine',
      other: 'Odobri vseh {n} terminov',
    },
    decline_all: {
      one: 'Zavrni {n} termin',
      two: 'Zavrni {n} termina',
      few: 'Zavrni vse {n} termine',
      other: 'Zavrni vseh {n} terminov',
    },
    whole: '{what}: {title}',
    waiting: {
      one: 'čaka {n} termin',
      two: 'čakata {n} termina',
      few: 'čakajo {n} termini',
      other: 'čaka {n} terminov',
    },
  },
  en: {
    approve: 'Approve',
    approve_this: 'Approve {title}',
    decline: 'Decline',
    decline_this: 'Decline {title}',
    reason: 'Reason that the organiser gets',
    back: 'Back',
    approved: 'Approved: {title}.',
    declined: 'Declined: {title}.',
    too_late: '{title}: somebody else has changed this meanwhile, so your answer does not count.',
    changed: 'Somebody else has changed this meanwhile',
    changed_text: 'Now: {now}. You saw: {before}. Look at it and try again.',
    approve_all: { one: 'Approve {n} date', other: 'Approve all {n} dates' },
    decline_all: { one: 'Decline {n} date', other: 'Decline all {n} dates' },
    whole: '{what}: {title}',
    waiting: { one: '{n} date is waiting', other: '{n} dates are waiting' },
  },
})
