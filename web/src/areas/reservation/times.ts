// The times of a form, and as the API takes them: local ones, read in the venue's zone.
import type { BookedBy } from '../../api/openapi.gen'
import { dateOf, epoch, timeOf, type LocalDate, type LocalTime } from '../../time/instants'
import { stayOf } from '../stays/stay'
import { spoken } from '../../time/readings'

export interface Times {
  from: LocalDate
  start: LocalTime
  to: LocalDate
  end: LocalTime
  /** Of a time that the clocks show twice that night: the offset of the one that is meant. */
  offsets: { start: string; end: string }
}

export const timesOf = (one: { starts_at: string; ends_at: string }, by: BookedBy): Times => ({
  ...{ from: dateOf(one.starts_at), start: timeOf(one.starts_at) },
  ...{ to: stayOf(one, by).last, end: timeOf(one.ends_at) },
  offsets: { start: one.starts_at.slice(-6), end: one.ends_at.slice(-6) },
})

/** What is left as it was goes as it was, with its offset: so an hour that a clock shows twice stays the one it is. */
export function instants(
  times: Times,
  before: { starts_at: string; ends_at: string },
  booked_by: BookedBy,
  zone: string,
): { starts_at: string; ends_at: string } {
  const was = timesOf(before, booked_by)
  if (booked_by !== 'hours') {
    return {
      starts_at: times.from === was.from ? before.starts_at : times.from,
      ends_at: times.to === was.to ? before.ends_at : times.to,
    }
  }
  return {
    starts_at: sent(times.from, times.start, times.offsets.start, before.starts_at, zone),
    ends_at: sent(times.to, times.end, times.offsets.end, before.ends_at, zone),
  }
}

function sent(date: LocalDate, time: LocalTime, offset: string, before: string, zone: string): string {
  const now = spoken(date, time, zone, offset)
  const exact = now.length > 16
  const same = exact ? epoch(now) === epoch(before) : date === dateOf(before) && time === timeOf(before)
  return same ? before : now
}
