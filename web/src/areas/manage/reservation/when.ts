// From when to when, as a form has it: a date and two times, or two dates for spaces booked by days or nights.
import type { BookedBy } from '../../../api/openapi.gen'
import {
  addDays,
  dateOf,
  isRepeated,
  timeOf,
  type Instant,
  type LocalDate,
  type LocalTime,
} from '../../../time/instants'
import { moment, written } from '../timeline/axis'

export interface When {
  date: LocalDate
  from: LocalTime
  to: LocalTime
  last: LocalDate
  /** Of a time that the clocks show twice that night: whether the second one is meant. */
  second: boolean
}

export function asked(starts_at: Instant, ends_at: Instant, by: BookedBy): When {
  const last = dateOf(ends_at)
  const midnight = timeOf(ends_at) === '00:00' && by === 'days'
  return {
    ...{ date: dateOf(starts_at), from: timeOf(starts_at), to: timeOf(ends_at) },
    ...{ last: midnight ? addDays(last, -1) : last, second: false },
  }
}

const minutes = (time: LocalTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** As the API takes it. An end not after the start is on the next day. */
export function times(when: When, by: BookedBy, zone: string): { starts_at: string; ends_at: string } {
  if (by !== 'hours') return { starts_at: when.date, ends_at: when.last }
  const [from, to] = [minutes(when.from), minutes(when.to)]
  return {
    starts_at: reading(when.date, from, zone, when.second),
    ends_at: reading(when.date, to > from ? to : to + 1440, zone, when.second),
  }
}

/** Whether one of the times is there twice that night, so that it has to be said which one is meant. */
export function twice(when: When, zone: string): boolean {
  return [when.from, when.to].some((time) => isRepeated(written(moment(when.date, minutes(time), zone), zone), zone))
}

function reading(date: LocalDate, at: number, zone: string, second: boolean): string {
  const candidate = moment(date, at, zone)
  if (!isRepeated(written(candidate, zone), zone)) return `${addDays(date, Math.floor(at / 1440))}T${clock(at % 1440)}`
  const HOUR = 3_600_000
  const other = [candidate - HOUR, candidate + HOUR].find((one) => timeOf(written(one, zone)) === clock(at % 1440))
  const both = [candidate, other ?? candidate].sort((one, two) => one - two)
  return written(both[second ? 1 : 0] ?? candidate, zone)
}

const clock = (at: number): LocalTime =>
  `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
