// Stays: whole days or nights in a row, by their dates, as people say them and as the API takes them.
import type { BookedBy } from '../../api/openapi.gen'
import { addDays, dateOf, daysBetween, isDate, timeOf, weekday, type LocalDate } from '../../time/instants'

export type Measure = Exclude<BookedBy, 'hours'>
export interface Stay {
  /** Of nights the date of arrival, of days the first one. */
  first: LocalDate
  /** Of nights the date of departure, of days the last one, which is included. */
  last: LocalDate
}

/** Nobody stays longer at once. */
export const MOST = 31
const MINUTES = 1440
/** A day that closes in the small hours is still the one before. */
const DAWN = '06:00'

/** Of moments, or of dates as they stand in an address. */
export function stayOf(span: { starts_at: string; ends_at: string }, by: BookedBy): Stay {
  const [first, end] = [dateOf(span.starts_at), dateOf(span.ends_at)]
  const small = by === 'days' && end > first && !isDate(span.ends_at) && timeOf(span.ends_at) <= DAWN
  return { first, last: small ? addDays(end, -1) : end }
}

/** As the API takes it. */
export const spanOf = ({ first, last }: Stay) => ({ starts_at: first, ends_at: last })

export const equal = (one: Stay, other: Stay): boolean => one.first === other.first && one.last === other.last

/** How many days or nights; less than one where the dates are none of a stay. */
export const lengthOf = ({ first, last }: Stay, by: Measure): number =>
  isDate(first) && isDate(last) ? daysBetween(first, last) + (by === 'days' ? 1 : 0) : 0

/** Whether there can be such a stay; that it is free is another matter. */
export function sound(stay: Stay, by: Measure): boolean {
  const n = lengthOf(stay, by)
  return n >= 1 && n <= MOST
}

/** So many from a date on. */
export const stayFrom = (first: LocalDate, n: number, by: Measure): Stay => ({
  ...{ first, last: isDate(first) ? addDays(first, by === 'days' ? n - 1 : n) : first },
})

/** How long it is, 0 where its dates are none of a stay; `before` while the first one is none, as for a moment while it
    is typed. */
export function keptLength(stay: Stay, by: Measure, before: number): number {
  if (!isDate(stay.first)) return before
  return sound(stay, by) ? lengthOf(stay, by) : 0
}

/** Beginning on another date, for so many; where there is no length to keep the last date stays. */
export const begun = ({ last }: Stay, first: LocalDate, n: number, by: Measure): Stay =>
  isDate(first) && n >= 1 ? stayFrom(first, n, by) : { first, last }

/** Of which so long a time is wanted, and the other way round, as the API counts them. */
export const manyIn = (minutes: number): number => Math.min(MOST, Math.max(1, Math.ceil(minutes / MINUTES)))
export const minutesOf = (n: number): number => n * MINUTES

/** The dates of a month as a page of a calendar has them: empty places before the first, so that Monday comes first. */
export function pageOf(month: LocalDate): { blanks: number; first: LocalDate; next: LocalDate } {
  const first = `${month.slice(0, 7)}-01`
  const next = `${addDays(first, 31).slice(0, 7)}-01`
  return { blanks: weekday(first) - 1, first, next }
}
