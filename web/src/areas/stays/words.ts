// How stays are told.
import type { BookedBy, Space } from '../../api/openapi.gen'
import * as format from '../../i18n/format'
import { say } from './messages'
import { lengthOf, manyIn, stayOf, type Measure, type Stay } from './stay'

/** '3 noči' */
export const many = (n: number, by: Measure | 'either'): string => say(`n_${by}`, { n })

/** How long something is that was asked for: '3 noči', by hours '2 h 30 min'. */
export const lasting = (minutes: number, by: BookedBy): string =>
  by === 'hours' ? format.duration(minutes) : many(manyIn(minutes), by)

/** '3 dni', as it stands after 'do'; of one 'dneva'. */
export const toDays = (n: number): string => say('to_days', { n })

/** '24.–27. nov. 2026' */
export const dates = ({ first, last }: Stay): string => format.days(first, last)

interface Told {
  /** 'tor., 24. nov. 2026 – pet., 27. nov. 2026', or of one day that */
  when: string
  /** '3 noči' */
  many: string
  /** 'Prihod od 15:00, odhod do 10:00'; '' of days. */
  hours: string
}

/** A time in a space that is booked by days or nights; null by hours. */
export function told(
  span: { starts_at: string; ends_at: string },
  space: Pick<Space, 'booked_by' | 'arrival' | 'departure'>,
): Told | null {
  const { booked_by: by } = space
  if (by === 'hours') return null
  const stay = stayOf(span, by)
  const [first, last] = [format.date(stay.first), format.date(stay.last)]
  return {
    when: first === last ? first : say('from_to', { first, last }),
    many: many(lengthOf(stay, by), by),
    hours: hours(space),
  }
}

/** 'Prihod od 15:00, odhod do 10:00'; '' of days. */
export function hours({ arrival, departure }: Pick<Space, 'arrival' | 'departure'>): string {
  if (!arrival || !departure) return ''
  return `${say('arrive', { time: arrival })}, ${say('leave', { time: departure })}`
}
