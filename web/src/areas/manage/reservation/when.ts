// From when to when, as a form has it: a date and two times, or two dates for spaces booked by days or nights.
import type { BookedBy } from '../../../api/openapi.gen'
import { addDays, dateOf, epoch, timeOf, type Instant, type LocalDate, type LocalTime } from '../../../time/instants'
import { lengthOf, stayFrom, stayOf } from '../../stays/stay'
import { spoken } from '../../../time/readings'

export interface When {
  date: LocalDate
  from: LocalTime
  to: LocalTime
  last: LocalDate
  /** Of a time that the clocks show twice that night: the offset of the one that is meant. */
  offsets: { from: string; to: string }
}

export function asked(starts_at: Instant, ends_at: Instant, by: BookedBy): When {
  return {
    ...{ date: dateOf(starts_at), from: timeOf(starts_at), to: timeOf(ends_at) },
    last: stayOf({ starts_at, ends_at }, by).last,
    offsets: { from: starts_at.slice(-6), to: ends_at.slice(-6) },
  }
}

/** The last date once it is another kind of space, `was` undefined at the beginning: as many days for nights, one for hours. */
export function lastFor(when: When, was: BookedBy | undefined, by: BookedBy): LocalDate {
  if (by === 'hours' || when.date === '') return when.last
  // By hours the last date did not follow what was typed.
  const n = was === 'hours' ? 1 : lengthOf({ first: when.date, last: when.last }, was ?? by)
  return stayFrom(when.date, Math.max(1, n), by).last
}

/** As the API takes it. An end not after the start is on the next day. */
export function times(when: When, by: BookedBy, zone: string): { starts_at: string; ends_at: string } {
  if (by !== 'hours') return { starts_at: when.date, ends_at: when.last }
  return {
    starts_at: spoken(when.date, when.from, zone, when.offsets.from),
    ends_at: spoken(endDate(when, zone), when.to, zone, when.offsets.to),
  }
}

/** The date of the end: 02:45 to 02:15 is half an hour on the night that has both twice. */
export function endDate(when: When, zone: string): LocalDate {
  const start = spoken(when.date, when.from, zone, when.offsets.from)
  const end = spoken(when.date, when.to, zone, when.offsets.to)
  const exact = start.length > 16 && end.length > 16
  return (exact ? epoch(end) > epoch(start) : when.to > when.from) ? when.date : addDays(when.date, 1)
}
