// What a local time means where clocks change: one moment, none in spring, two in autumn.
import { forReader, offsetIn, timeOf, type Instant, type LocalDate, type LocalTime } from './instants'

const MINUTE = 60_000
const DAY = 86_400_000

/** The moments at which a zone's clocks show that date and time, the earlier first. */
export function readings(date: LocalDate, time: LocalTime, zone: string): Instant[] {
  const wall = Date.parse(`${date}T${time}Z`)
  if (Number.isNaN(wall)) return []
  const offsets = new Set([wall - DAY, wall + DAY].map((at) => offsetIn(zone, at)))
  return [...offsets]
    .map((offset) => ({ at: wall - offset * MINUTE, offset }))
    .filter(({ at, offset }) => offsetIn(zone, at) === offset)
    .sort((one, other) => one.at - other.at)
    .map(({ at }) => forReader(new Date(at).toISOString(), zone))
}

/** As the API takes it: with its offset where the time is there twice, the one that is meant or else the first. */
export function spoken(date: LocalDate, time: LocalTime, zone: string, offset: string): string {
  const both = readings(date, time, zone)
  if (both.length < 2) return `${date}T${time}`
  return both.find((one) => one.endsWith(offset)) ?? both[0] ?? ''
}

/** What clocks show instead of a time that they skip: as long after the change as it would have been. */
export function instead(date: LocalDate, time: LocalTime, zone: string): LocalTime {
  const wall = Date.parse(`${date}T${time}Z`)
  return timeOf(forReader(new Date(wall - offsetIn(zone, wall - DAY) * MINUTE).toISOString(), zone))
}
