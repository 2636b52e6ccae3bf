// Where moments lie across a timeline: one or more local days side by side, each showing the same hours of the clock.
// Everything is over elapsed time, so on the nights when the clocks change an hour is missing or there twice.
import {
  addDays,
  clockIn,
  dateOf,
  forReader,
  offsetIn,
  timeOf,
  type Instant,
  type LocalDate,
} from '../../../time/instants'

const MINUTE = 60_000

export interface AxisDay {
  date: LocalDate
  from: number
  to: number
}
export interface Axis {
  zone: string
  days: AxisDay[]
}
export interface Tick {
  label: string
  at: number
}

/** The moment of a local time, `minutes` after the midnight that the date begins with (1440: the one that ends it). */
export function moment(date: LocalDate, minutes: number, zone: string): number {
  const wall = Date.parse(`${date}T00:00Z`) + minutes * MINUTE
  const first = wall - offsetIn(zone, wall) * MINUTE
  return wall - offsetIn(zone, first) * MINUTE
}

/** `count` days from a date on, showing the clock's hours from `opens` to `closes` (0 to 24). */
export function axis(first: LocalDate, count: number, [opens, closes]: readonly [number, number], zone: string): Axis {
  const days = Array.from({ length: count }, (_, at) => {
    const date = addDays(first, at)
    return { date, from: moment(date, opens * 60, zone), to: moment(date, closes * 60, zone) }
  })
  return { zone, days }
}

/** How far along a moment is, 0 to 1; what lies between two days is at their border. */
export function along({ days }: Axis, at: number): number {
  const place = days.findIndex((day) => at < day.to)
  const day = days[place]
  if (!day) return 1
  return (place + Math.max(0, (at - day.from) / (day.to - day.from))) / days.length
}

/** The moment at a place of the timeline, on the grid of so many minutes from the day's first hour on. */
export function momentAt({ days }: Axis, place: number, grid: number): number {
  const scaled = Math.min(Math.max(place, 0), 0.999_999) * days.length
  const day = days[Math.floor(scaled)]
  if (!day) return 0
  const minutes = ((scaled % 1) * (day.to - day.from)) / MINUTE
  return day.from + Math.round(minutes / grid) * grid * MINUTE
}

/** As the API takes and gives it: with the zone's offset. */
export const written = (at: number, zone: string): Instant => forReader(new Date(at).toISOString(), zone)

/** Full hours of a single day, every `step`. */
export function ticks({ days, zone }: Axis, step = 1): Tick[] {
  const day = days[0]
  if (!day || days.length > 1) return []
  const found: Tick[] = []
  for (let at = day.from; at < day.to; at += 60 * MINUTE) {
    const label = clockIn(zone, at)
    if (Number(label.slice(0, 2)) % step === 0) found.push({ label, at: (at - day.from) / (day.to - day.from) })
  }
  return found
}

const hourOf = (instant: Instant): number => Number(timeOf(instant).slice(0, 2))

/** The hours to show so that all of these are seen: working hours at least. */
export function hours(
  spans: readonly { starts_at: Instant; ends_at: Instant }[],
  dates: readonly LocalDate[],
): [number, number] {
  let [first, last] = [8, 18]
  const [begins = '', ends = ''] = [dates[0], dates.at(-1)]
  for (const { starts_at, ends_at } of spans) {
    const [from, to] = [dateOf(starts_at), dateOf(ends_at)]
    const startsHere = dates.includes(from)
    const endsHere = dates.includes(to)
    const until = hourOf(ends_at) + (timeOf(ends_at).endsWith('00') ? 0 : 1)
    // It goes on the whole time.
    if (from < begins && to > ends) [first, last] = [0, 24]
    if (startsHere) first = Math.min(first, hourOf(starts_at))
    if (startsHere && endsHere && from === to) last = Math.max(last, until)
    else if (startsHere) last = 24
    else if (endsHere && until > 0) first = 0
  }
  return [first, last]
}
