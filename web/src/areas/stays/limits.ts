// Rules limit a stay by its minutes; people count days and nights. A day is from opening to closing, a night from arrival
// to departure, so that a stay of three is somewhat shorter than three times 24 hours.
import type { OpeningHours, Space, WeeklyRule } from '../../api/openapi.gen'

const DAY = 1440
type Booked = Pick<Space, 'booked_by' | 'arrival' | 'departure'>
export type Hours = Pick<OpeningHours, 'weekly' | 'seasons'>

/** The fewest that are as long as that, on the longest days; changes of clocks aside. */
export const atLeast = (minutes: number, space: Booked, hours?: Hours): number =>
  Math.max(1, Math.ceil((minutes - Math.max(...beyond(space, hours))) / DAY))

/** The most that are no longer than that, on the shortest days; one where not even that one is. */
export const atMost = (minutes: number, space: Booked, hours?: Hours): number =>
  Math.max(1, Math.floor((minutes - Math.min(...beyond(space, hours))) / DAY))

/** By how many minutes a stay can be longer (or, mostly, shorter) than as many times 24 hours; never none. */
function beyond({ booked_by, arrival, departure }: Booked, hours?: Hours): number[] {
  if (booked_by === 'nights') return [arrival && departure ? minutesOf(departure) - minutesOf(arrival) : 0]
  const weeks = hours ? [hours.weekly, ...hours.seasons.map(({ weekly }) => weekly)] : []
  const days = weeks.flatMap((weekly) => [...open(weekly).values()]).map(([from, to]) => to - from - DAY)
  return days.length > 0 ? days : [0]
}

/** Of each weekday, from the first opening to the last closing. */
function open(weekly: readonly WeeklyRule[]): Map<string, [number, number]> {
  const found = new Map<string, [number, number]>()
  for (const { days, opens, closes } of weekly) {
    const from = minutesOf(opens)
    const to = minutesOf(closes) + (closes <= opens ? DAY : 0)
    for (const day of days) {
      const known = found.get(day) ?? [from, to]
      found.set(day, [Math.min(known[0], from), Math.max(known[1], to)])
    }
  }
  return found
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
