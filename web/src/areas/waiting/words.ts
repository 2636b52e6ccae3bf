// What somebody waits for, in words: by hours with times, of days and nights by their dates.
import type { Space, WaitingEntry } from '../../api/openapi.gen'
import * as format from '../../i18n/format'
import { addDays, dateOf, timeOf, type Instant } from '../../time/instants'
import { dates, told } from '../stays/words'
import { say } from './messages'

type There = Pick<Space, 'booked_by' | 'arrival' | 'departure' | 'time_zone'>

/** Within which the slot lies. */
export function within({ from, to }: Pick<WaitingEntry, 'from' | 'to'>, space: There): string {
  const moment = (at: Instant) => `${format.date(dateOf(at), 'short')} ${format.time(at, space.time_zone)}`
  if (space.booked_by === 'hours') return say('within', { when: `${moment(from)} – ${moment(to)}` })
  // Midnight ends the day before.
  const last = timeOf(to) === '00:00' ? addDays(dateOf(to), -1) : dateOf(to)
  return say('within', { when: dates({ first: dateOf(from), last }) })
}

/** What is offered: '24. nov., 10:00–12:00', or of days and nights their dates. */
export function slot(offer: { starts_at: Instant; ends_at: Instant }, space: There): string {
  return told(offer, space)?.when ?? format.span(offer.starts_at, offer.ends_at, space.time_zone)
}
