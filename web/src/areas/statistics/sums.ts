// Sums of rows, where a filter asks for some of them: sums first, divide last, as the server does. Venues share no units
// and a kind's rows none within a venue, so sums over chosen venues of at most one kind are exact.
import type { Figure, Group, UtilisationRow } from '../../api/openapi.gen'

export const RATES = ['planned_frequency', 'actual_frequency', 'occupancy', 'utilisation', 'no_shows'] as const
type RateName = (typeof RATES)[number]
type AmountName = 'available' | 'booked' | 'used' | 'released' | 'rebooked' | 'out_of_hours'

type Added = Record<RateName | 'coverage' | 'declared', Figure> &
  Record<AmountName, { hours: number; seat_hours: number }>
export interface Sums extends Added {
  spaces: number
  units: number
  seats: number
  provisional: boolean
  basis: string
}

/** Null of no rows. */
export function summed(rows: readonly UtilisationRow[]): Sums | null {
  const [first] = rows
  if (!first) return null
  if (rows.length === 1) return first
  const figure = (name: RateName | 'coverage' | 'declared') => together(rows.map((row) => row[name]))
  const amount = (name: AmountName) => ({
    hours: add(rows.map((row) => row[name].hours)),
    seat_hours: add(rows.map((row) => row[name].seat_hours)),
  })
  const occupancy = figure('occupancy')
  const [used, available] = [amount('used'), amount('available')]
  return {
    ...{ available, booked: amount('booked'), used, released: amount('released'), rebooked: amount('rebooked') },
    ...{ out_of_hours: amount('out_of_hours'), occupancy, coverage: figure('coverage'), declared: figure('declared') },
    ...{ planned_frequency: figure('planned_frequency'), actual_frequency: figure('actual_frequency') },
    no_shows: figure('no_shows'),
    utilisation: utilised(used.seat_hours, available.seat_hours, occupancy, first.utilisation.unit),
    spaces: add(rows.map((row) => row.spaces)),
    units: add(rows.map((row) => row.units)),
    seats: add(rows.map((row) => row.seats)),
    provisional: rows.some((row) => row.provisional),
    basis: rows.every((row) => row.basis === first.basis) ? first.basis : 'mixed',
  }
}

/** The same of the time compared with, where there was anything in it. */
export function before(rows: readonly UtilisationRow[]): Sums | null {
  return summed(rows.map((row) => row.compared).filter((row) => row !== null && row !== undefined))
}

function together(figures: readonly Figure[]): Figure {
  const unit = figures[0]?.unit ?? ''
  if (figures.some((figure) => figure.suppressed))
    return { unit, suppressed: true, numerator: null, denominator: null, rate: null }
  const sum = (part: 'numerator' | 'denominator') => {
    const parts = figures.map((figure) => figure[part] ?? null)
    return parts.some((value) => value === null) ? null : add(parts.filter((value) => value !== null))
  }
  return ratio(sum('numerator'), sum('denominator'), unit)
}

/** Used of available seat-hours, times the occupancy of the part whose people are known. */
function utilised(used: number, available: number, occupancy: Figure, unit: string): Figure {
  if (occupancy.suppressed) return { ...occupancy, unit }
  const rate = occupancy.rate ?? null
  const numerator = rate === null ? (used === 0 ? 0 : null) : used * rate
  return ratio(numerator, available, unit)
}

function ratio(numerator: number | null, denominator: number | null, unit: string): Figure {
  const rate = numerator === null || !denominator ? null : numerator / denominator
  return { unit, suppressed: false, numerator, denominator, rate }
}

const add = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/** Rows by one word of their group, in the order they came. */
export function by<R extends { group: Group }>(rows: readonly R[], name: keyof Group): Map<string, R[]> {
  const found = new Map<string, R[]>()
  for (const row of rows) {
    const key = String(row.group[name] ?? '')
    found.set(key, [...(found.get(key) ?? []), row])
  }
  return found
}

/** By how many percentage points; null where either is hidden or not known. */
export function points(now: Figure, then: Figure | undefined): number | null {
  const [rate, earlier] = [now.rate ?? null, then?.rate ?? null]
  return rate === null || earlier === null ? null : (rate - earlier) * 100
}
