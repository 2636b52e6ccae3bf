// Rules limit a stay by its minutes; people count days and nights. A day is from opening to closing, a night from arrival
// to departure, so that a stay of three is somewhat shorter than three times 24 hours.
import type { OpeningHours, Space, WeeklyRule } from '../../api/openapi.gen'

const DAY = 1440
type Booked = Pick<Space, 'booked_by' | 'arrival' | 'departure'>
export type Hours = Pick<OpeningHours, 'weekly' | 'seasons'>

/** The fewest that are as long as that, where they can be longest; changes of clocks aside. */
export function atLeast(minutes: number, space: Booked, hours?: Hours): number {
  const { single, opens, closes } = edges(space, hours)
  if (Math.max(...single) >= minutes) return 1
  return Math.max(2, Math.ceil((minutes - Math.max(...closes) + Math.min(...opens)) / DAY) + 1)
}

/** The most that are no longer than that, where they can be shortest; one where not even that one is. */
export function atMost(minutes: number, space: Booked, hours?: Hours): number {
  const { opens, closes } = edges(space, hours)
  return Math.max(1, Math.floor((minutes - Math.min(...closes) + Math.max(...opens)) / DAY) + 1)
}

/**
 * When a stay can begin on its first date and end on its last, in minutes of that date, and how long a single day or
 * night is. Days in a row begin with one day's opening and end with another one's closing. Never none.
 */
function edges({ booked_by, arrival, departure }: Booked, hours?: Hours) {
  if (booked_by === 'nights') {
    // A night is as a day that closes when it is left on the next one.
    const [from, to] = arrival && departure ? [minutesOf(arrival), minutesOf(departure) + DAY] : [0, DAY]
    return { single: [to - from], opens: [from], closes: [to] }
  }
  const weeks = hours ? [hours.weekly, ...hours.seasons.map(({ weekly }) => weekly)] : []
  const found = weeks.flatMap((weekly) => [...open(weekly).values()])
  const days: [number, number][] = found.length > 0 ? found : [[0, DAY]]
  return {
    single: days.map(([from, to]) => to - from),
    opens: days.map(([from]) => from),
    closes: days.map(([, to]) => to),
  }
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
