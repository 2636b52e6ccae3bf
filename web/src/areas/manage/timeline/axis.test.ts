import { describe, expect, it, test } from 'vitest'
import { along, axis, hours, moment, momentAt, ticks, written } from './axis'

const ZONE = 'Europe/Ljubljana'

test.each([
  ['2026-11-24', 600, '2026-11-24T10:00:00+01:00'],
  ['2026-07-01', 0, '2026-07-01T00:00:00+02:00'],
  ['2026-03-29', 600, '2026-03-29T10:00:00+02:00'],
  ['2026-10-25', 0, '2026-10-25T00:00:00+02:00'],
  ['2026-10-25', 1440, '2026-10-26T00:00:00+01:00'],
])('%s and %i minutes is %s', (date, minutes, wanted) => {
  expect(written(moment(date, minutes, ZONE), ZONE)).toBe(wanted)
})

describe('a day', () => {
  const day = axis('2026-11-24', 1, [8, 18], ZONE)
  test.each([
    ['2026-11-24T08:00:00+01:00', 0],
    ['2026-11-24T13:00:00+01:00', 0.5],
    ['2026-11-24T07:00:00+01:00', 0],
    ['2026-11-24T19:00:00+01:00', 1],
  ])('%s is at %f', (at, wanted) => expect(along(day, Date.parse(at))).toBeCloseTo(wanted))

  it('goes back onto the grid', () => {
    expect(written(momentAt(day, 0.518, 15), ZONE)).toBe('2026-11-24T13:15:00+01:00')
    expect(written(momentAt(day, -3, 15), ZONE)).toBe('2026-11-24T08:00:00+01:00')
  })
})

test('a week has its days side by side', () => {
  const week = axis('2026-11-23', 7, [8, 18], ZONE)
  expect(along(week, Date.parse('2026-11-24T13:00:00+01:00'))).toBeCloseTo(1.5 / 7)
  expect(along(week, Date.parse('2026-11-24T22:00:00+01:00'))).toBeCloseTo(2 / 7)
  expect(written(momentAt(week, 1.5 / 7, 30), ZONE)).toBe('2026-11-24T13:00:00+01:00')
})

test('the nights on which the clocks change have all their hours', () => {
  const labels = (date: string) => ticks(axis(date, 1, [0, 5], ZONE)).map((tick) => tick.label)
  expect(labels('2026-10-25')).toEqual(['00:00', '01:00', '02:00', '02:00', '03:00', '04:00'])
  expect(labels('2026-03-29')).toEqual(['00:00', '01:00', '03:00', '04:00'])
})

test.each([
  ['nothing', [], [8, 18]],
  ['an early one', [['2026-11-24T06:30', '2026-11-24T09:00']], [6, 18]],
  ['a late one', [['2026-11-24T19:00', '2026-11-24T21:15']], [8, 22]],
  ['one over midnight', [['2026-11-24T22:00', '2026-11-25T01:00']], [8, 24]],
  ['a day around the clock', [['2026-11-24T00:00', '2026-11-25T00:00']], [0, 24]],
  ['days around the clock', [['2026-11-23T00:00', '2026-11-27T00:00']], [0, 24]],
  ['one from yesterday', [['2026-11-23T22:00', '2026-11-24T01:00']], [0, 18]],
])('shows %s', (_, spans, wanted) => {
  const given = spans.map(([from, to]) => ({ starts_at: `${from}:00+01:00`, ends_at: `${to}:00+01:00` }))
  expect(hours(given, ['2026-11-24'])).toEqual(wanted)
})
