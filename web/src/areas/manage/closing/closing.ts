// Closing a space for a part of a day: what it meets before anything is done. Of a whole venue the API tells. And what
// opening it again came to, in words.
import type { DateHours, Reopening, Reservation, Space } from '../../../api/openapi.gen'
import * as format from '../../../i18n/format'
import { epoch, type LocalDate } from '../../../time/instants'
import { moment } from '../timeline/axis'
import { endOf } from '../timeline/rows'
import { say } from './messages'

const STANDING = ['held', 'pending', 'confirmed']

/** Future reservations that lie, wholly or partly, where the space closes. */
export function met(
  reservations: readonly Reservation[],
  space: Space,
  [from, to]: readonly [number, number],
  now = Date.now(),
): Reservation[] {
  const units = new Set(space.units.map((unit) => unit.id))
  return reservations.filter((one) => {
    const here = one.space_id === space.id || one.unit_ids.some((unit) => units.has(unit))
    const ahead = STANDING.includes(one.status) && epoch(one.starts_at) > now
    return here && ahead && epoch(one.starts_at) < to && epoch(endOf(one)) > from
  })
}

/** Both days included. */
export const wholeDays = (first: LocalDate, last: LocalDate, zone: string): [number, number] => [
  moment(first, 0, zone),
  moment(last, 1440, zone),
]

function hoursOf({ hours, reason }: DateHours): string {
  if (hours.length > 0) return hours.map(({ opens, closes }) => `${opens}–${closes}`).join(', ')
  return reason === null || reason === undefined ? say('shut') : say('shut_for', { reason })
}

/** What opening the house again on a date came to: its hours, those of its spaces that count again, and those that stay. */
export function undone({ opened, restored, kept }: Reopening, date: LocalDate, spaces: readonly Space[]): string[] {
  const on = format.date(date)
  const ofHouse = (some: readonly DateHours[]) => some.find((one) => one.space_id === null)
  const ofSpaces = (some: readonly DateHours[], how: 'again' | 'stays') =>
    some.flatMap((one) => {
      const space = spaces.find((known) => known.id === one.space_id)
      return space ? [say(how, { what: space.name, hours: hoursOf(one) })] : []
    })
  const [before, since] = [ofHouse(restored), ofHouse(kept)]
  return [
    ...(opened.includes(date) ? [say('reopened', { date: on })] : []),
    ...(before ? [say('restored', { date: on, hours: hoursOf(before) })] : []),
    ...(since ? [say('given_since', { date: on, hours: hoursOf(since) })] : []),
    ...ofSpaces(restored, 'again'),
    ...ofSpaces(kept, 'stays'),
  ]
}
