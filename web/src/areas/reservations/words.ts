// Words for reservations that several areas use: states and purposes.
import type { Purpose, SpaceKind, Status } from '../../api/openapi.gen'
import { messages } from '../../i18n/messages'

export const say = messages({
  sl: {
    status_held: 'začasno zadržano',
    status_pending: 'čaka na odobritev',
    status_confirmed: 'potrjeno',
    status_declined: 'zavrnjeno',
    status_expired: 'poteklo',
    status_cancelled: 'odpovedano',
    status_checked_in: 'v teku',
    status_no_show: 'ni prišel nihče',
    status_completed: 'zaključeno',
    purpose_meeting: 'Sestanek',
    purpose_coworking: 'Sodelo',
    purpose_workshop: 'Delavnica',
    purpose_training: 'Usposabljanje',
    purpose_event: 'Dogodek',
    purpose_exhibition: 'Razstava',
    purpose_rehearsal: 'Vaja',
    purpose_mentoring: 'Mentorstvo',
    purpose_other: 'Drugo',
  },
  en: {
    status_held: 'kept for now',
    status_pending: 'awaiting approval',
    status_confirmed: 'confirmed',
    status_declined: 'declined',
    status_expired: 'expired',
    status_cancelled: 'cancelled',
    status_checked_in: 'going on',
    status_no_show: 'nobody came',
    status_completed: 'over',
    purpose_meeting: 'Meeting',
    purpose_coworking: 'Co-working',
    purpose_workshop: 'Workshop',
    purpose_training: 'Training',
    purpose_event: 'Event',
    purpose_exhibition: 'Exhibition',
    purpose_rehearsal: 'Rehearsal',
    purpose_mentoring: 'Mentoring',
    purpose_other: 'Other',
  },
})

export const PURPOSES = [
  'meeting',
  'coworking',
  'workshop',
  'training',
  'event',
  'exhibition',
  'rehearsal',
  'mentoring',
  'other',
] as const satisfies readonly Purpose[]

/** What people mostly come for. */
const USUAL: Record<SpaceKind, Purpose> = {
  ...({ meeting_room: 'meeting', desk_area: 'coworking', multifunctional: 'event', studio: 'workshop' } as const),
  ...({ flat: 'other', equipment: 'other' } as const),
}
export const usualPurpose = (kind: SpaceKind): Purpose => USUAL[kind]

export const purposeName = (purpose: Purpose): string => say(`purpose_${purpose}`)
export const statusName = (status: Status): string => say(`status_${status}`)

export const TONES = {
  held: 'waiting',
  pending: 'waiting',
  confirmed: 'good',
  declined: 'bad',
  expired: 'bad',
  cancelled: 'bad',
  checked_in: 'good',
  no_show: 'bad',
  completed: 'plain',
} as const satisfies Record<Status, string>
