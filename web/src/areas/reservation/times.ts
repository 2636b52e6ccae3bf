// The times of a form, and as the API takes them: local ones, read in the venue's zone.
import type { BookedBy } from '../../api/openapi.gen'
import { dateOf, timeOf, type LocalDate, type LocalTime } from '../../time/instants'

export interface Times {
  from: LocalDate
  start: LocalTime
  to: LocalDate
  end: LocalTime
}

export const timesOf = (one: { starts_at: string; ends_at: string }): Times => ({
  ...{ from: dateOf(one.starts_at), start: timeOf(one.starts_at) },
  ...{ to: dateOf(one.ends_at), end: timeOf(one.ends_at) },
})

/** What is left as it was goes as it was, with its offset: so an hour that a clock shows twice stays the one it is. */
export function instants(
  times: Times,
  before: { starts_at: string; ends_at: string },
  booked_by: BookedBy,
): { starts_at: string; ends_at: string } {
  const was = timesOf(before)
  const [starts, ends] =
    booked_by === 'hours' ? [`${times.from}T${times.start}`, `${times.to}T${times.end}`] : [times.from, times.to]
  const dates = booked_by !== 'hours'
  return {
    starts_at: times.from === was.from && (dates || times.start === was.start) ? before.starts_at : starts,
    ends_at: times.to === was.to && (dates || times.end === was.end) ? before.ends_at : ends,
  }
}
