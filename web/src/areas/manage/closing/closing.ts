// When a part of a day is closed, and what opening a venue again came to, in words.
import type { DateHours, Reopening, Space } from '../../../api/openapi.gen'
import * as format from '../../../i18n/format'
import { epoch, type LocalDate, type LocalTime } from '../../../time/instants'
import { readings } from '../../../time/readings'
import { moment } from '../timeline/axis'
import { say } from './messages'

/** The moment of a date and time; of one that is there twice, the one with this offset, else the first. */
export function at(date: LocalDate, time: LocalTime, zone: string, offset: string): number {
  const both = readings(date, time, zone)
  const meant = both.find((one) => one.endsWith(offset)) ?? both[0]
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return meant ? epoch(meant) : moment(date, minutes, zone)
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
