import { expect, test } from 'vitest'
import {
  begun,
  equal,
  keptLength,
  lengthOf,
  manyIn,
  minutesOf,
  pageOf,
  sound,
  spanOf,
  stayFrom,
  stayOf,
  type Stay,
} from './stay'

const span = (starts_at: string, ends_at: string) => ({ starts_at, ends_at })

test.each([
  ['nights', span('2026-11-24T15:00:00+01:00', '2026-11-27T10:00:00+01:00'), '2026-11-24', '2026-11-27', 3],
  ['nights', span('2026-10-24T15:00:00+02:00', '2026-10-25T10:00:00+01:00'), '2026-10-24', '2026-10-25', 1],
  ['days', span('2026-11-24T08:00:00+01:00', '2026-11-26T20:00:00+01:00'), '2026-11-24', '2026-11-26', 3],
  ['days', span('2026-11-24T00:00:00+01:00', '2026-11-25T00:00:00+01:00'), '2026-11-24', '2026-11-24', 1],
  ['days', span('2026-11-24T18:00:00+01:00', '2026-11-26T02:00:00+01:00'), '2026-11-24', '2026-11-25', 2],
  ['days', span('2026-11-24', '2026-11-26'), '2026-11-24', '2026-11-26', 3],
  ['nights', span('2026-12-30', '2027-01-02'), '2026-12-30', '2027-01-02', 3],
] as const)('by %s %o', (by, of, first, last, n) => {
  const stay = stayOf(of, by)
  expect(stay).toEqual({ first, last })
  expect(lengthOf(stay, by)).toBe(n)
  expect(stayFrom(first, n, by)).toEqual(stay)
})

test('dates that are none of a stay', () => {
  const stay = (first: string, last: string) => ({ first, last })
  for (const [of, by, good] of [
    [stay('2026-11-24', '2026-11-24'), 'nights', false],
    [stay('2026-11-24', '2026-11-24'), 'days', true],
    [stay('2026-11-24', '2026-11-23'), 'days', false],
    [stay('2026-11-24', ''), 'days', false],
    [stay('', '2026-11-24'), 'nights', false],
    [stay('2026-12-01', '2027-01-01'), 'nights', true],
    [stay('2026-12-01', '2027-01-01'), 'days', false],
  ] as const) {
    expect(sound(of, by), `${of.first} ${of.last} ${by}`).toBe(good)
  }
  expect(stayFrom('', 3, 'nights')).toEqual(stay('', ''))
})

test('a stay that begins on another date is as long, also where there is no date for a moment', () => {
  const stay = (first: string, last: string) => ({ first, last })
  /** Typed one after the other. */
  const typed = (from: Stay, by: 'nights' | 'days', ...firsts: string[]) => {
    let [now, long] = [from, 0]
    for (const first of firsts) {
      long = keptLength(now, by, long)
      now = begun(now, first, long, by)
    }
    return now
  }
  const three = stay('2026-11-24', '2026-11-27')
  expect(typed(three, 'nights', '2026-12-01')).toEqual(stay('2026-12-01', '2026-12-04'))
  expect(typed(three, 'nights', '')).toEqual(stay('', '2026-11-27'))
  expect(typed(three, 'nights', '', '', '2026-12-01')).toEqual(stay('2026-12-01', '2026-12-04'))
  expect(typed(three, 'days', '', '2026-12-01')).toEqual(stay('2026-12-01', '2026-12-04'))
  // No stay has no length to keep.
  expect(typed(stay('2026-11-28', '2026-11-27'), 'nights', '2026-11-26')).toEqual(stay('2026-11-26', '2026-11-27'))
  expect(typed(stay('', '2026-11-27'), 'nights', '2026-11-25')).toEqual(stay('2026-11-25', '2026-11-27'))
})

test('stays are equal where both dates are', () => {
  const one = { first: '2026-11-24', last: '2026-11-27' }
  expect(equal(one, { ...one })).toBe(true)
  expect(equal(one, { ...one, last: '' })).toBe(false)
  expect(equal(one, { ...one, first: '2026-11-23' })).toBe(false)
  // What is kept by its moments is what its dates say.
  const kept = stayOf(span('2026-11-24T15:00:00+01:00', '2026-11-27T10:00:00+01:00'), 'nights')
  expect(equal(one, kept)).toBe(true)
})

test('what is sent are the dates', () => {
  expect(spanOf({ first: '2026-11-24', last: '2026-11-27' })).toEqual(span('2026-11-24', '2026-11-27'))
})

test('a length is as many as hold it', () => {
  expect([30, 120, 1440, 1441, minutesOf(7), 999_999].map(manyIn)).toEqual([1, 1, 1, 2, 7, 31])
})

test('a month begins under its weekday', () => {
  expect(pageOf('2026-11-24')).toEqual({ blanks: 6, first: '2026-11-01', next: '2026-12-01' })
  expect(pageOf('2027-02-28')).toEqual({ blanks: 0, first: '2027-02-01', next: '2027-03-01' })
  expect(pageOf('2026-12-31').next).toBe('2027-01-01')
})
