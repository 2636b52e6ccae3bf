import { expect, it } from 'vitest'
import type { Figure, UtilisationRow } from '../../api/openapi.gen'
import { before, by, points, summed } from './sums'

const amount = (hours: number, seats = 1) => ({ hours, seat_hours: hours * seats })
const figure = (numerator: number | null, denominator: number | null, unit = 'hours/hours'): Figure => ({
  ...{ numerator, denominator, unit, suppressed: false },
  rate: numerator === null || !denominator ? null : numerator / denominator,
})
const hidden: Figure = {
  numerator: null,
  denominator: null,
  rate: null,
  unit: 'person_hours/seat_hours',
  suppressed: true,
}

function row(
  venue: string,
  available: number,
  used: number,
  seats: number,
  more: Partial<UtilisationRow> = {},
): UtilisationRow {
  return {
    ...{ group: { venue }, spaces: 1, units: 1, seats, overlapping: false, provisional: false, basis: 'measured' },
    ...{ available: amount(available, seats), booked: amount(used, seats), used: amount(used, seats) },
    ...{ released: amount(1), rebooked: amount(0), out_of_hours: amount(0) },
    ...{ planned_frequency: figure(used, available), actual_frequency: figure(used, available) },
    ...{ occupancy: figure(used * seats * 0.5, used * seats), coverage: figure(used, used), declared: figure(0, used) },
    ...{ utilisation: figure(used * seats * 0.5, available * seats), no_shows: figure(1, 4) },
    ...more,
  }
}

it('one row is itself, none is nothing', () => {
  const one = row('a', 10, 5, 4)
  expect(summed([one])).toBe(one)
  expect(summed([])).toBeNull()
})

it('adds first and divides last', () => {
  const sum = summed([row('a', 100, 10, 10), row('b', 10, 10, 2)])
  expect(sum?.actual_frequency).toMatchObject({ numerator: 20, denominator: 110 })
  expect(sum?.actual_frequency.rate).toBeCloseTo(20 / 110)
  expect(sum?.no_shows).toMatchObject({ numerator: 2, denominator: 8, rate: 0.25 })
  expect([sum?.units, sum?.seats, sum?.released.hours]).toEqual([2, 12, 2])
  // (100 + 20) used of (1000 + 20) seat-hours, half full.
  expect(sum?.utilisation.rate).toBeCloseTo((120 / 1020) * 0.5)
})

it('is hidden where a part is, and unknown where a part is', () => {
  const sum = summed([row('a', 10, 5, 2), row('b', 10, 5, 2, { occupancy: hidden })])
  expect([sum?.occupancy.suppressed, sum?.utilisation.suppressed, sum?.actual_frequency.suppressed]).toEqual([
    true,
    true,
    false,
  ])
  const unknown = summed([row('a', 10, 5, 2), row('b', 10, 5, 2, { occupancy: figure(null, 0) })])
  expect([unknown?.occupancy.rate, unknown?.utilisation.rate]).toEqual([null, null])
})

it('says what it rests on, and whether it is still to come', () => {
  const sum = summed([row('a', 1, 1, 1), row('b', 1, 1, 1, { basis: 'assumed', provisional: true })])
  expect([sum?.basis, sum?.provisional]).toEqual(['mixed', true])
})

it('compares where there was something', () => {
  const rows = [row('a', 10, 5, 1, { compared: row('a', 10, 2, 1) }), row('b', 10, 5, 1, { compared: null })]
  const [now, then] = [summed(rows), before(rows)]
  expect(then?.actual_frequency.rate).toBeCloseTo(0.2)
  expect(now && points(now.actual_frequency, then?.actual_frequency)).toBeCloseTo(30)
  expect(now && points(hidden, then?.actual_frequency)).toBeNull()
  expect(before([row('a', 1, 1, 1)])).toBeNull()
})

it('tells rows apart', () => {
  const groups = by([row('a', 1, 1, 1), row('b', 1, 1, 1), row('a', 2, 1, 1)], 'venue')
  expect([...groups].map(([name, rows]) => [name, rows.length])).toEqual([
    ['a', 2],
    ['b', 1],
  ])
})
