import { describe, expect, it, test } from 'vitest'
import {
  addDays,
  clockIn,
  dateOf,
  daysBetween,
  differsForReader,
  epoch,
  forReader,
  isDate,
  isRepeated,
  minutesBetween,
  mondayOf,
  offsetIn,
  timeOf,
  todayIn,
  weekday,
} from './instants'

const HOME = 'Europe/Ljubljana'

// vite.config.ts runs this file in several zones of the reader: nothing here may depend on it.
describe('the nights that clocks change', () => {
  it('reads the venue’s clock from the text', () => {
    const cases: [string, string, string][] = [
      ['2026-03-29T01:00:00+01:00', '2026-03-29', '01:00'],
      ['2026-03-29T04:00:00+02:00', '2026-03-29', '04:00'],
      ['2026-10-25T02:30:00+02:00', '2026-10-25', '02:30'],
      ['2026-10-25T02:30:00+01:00', '2026-10-25', '02:30'],
    ]
    for (const [instant, date, time] of cases) expect([dateOf(instant), timeOf(instant)]).toEqual([date, time])
  })

  it('counts what has really passed', () => {
    expect(minutesBetween('2026-03-29T01:00:00+01:00', '2026-03-29T04:00:00+02:00')).toBe(120)
    expect(minutesBetween('2026-10-25T01:00:00+02:00', '2026-10-25T04:00:00+01:00')).toBe(240)
    expect(minutesBetween('2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00')).toBe(25 * 60)
  })

  it('knows the hour that is shown twice', () => {
    const cases: [string, boolean][] = [
      ['2026-10-25T01:59:00+02:00', false],
      ['2026-10-25T02:00:00+02:00', true],
      ['2026-10-25T02:30:00+01:00', true],
      ['2026-10-25T03:00:00+01:00', false],
      ['2026-03-29T03:00:00+02:00', false],
      ['2026-07-01T02:30:00+02:00', false],
    ]
    for (const [instant, twice] of cases) expect(isRepeated(instant, HOME), instant).toBe(twice)
  })
})

test('offsets are the zone’s at the moment', () => {
  const cases: [string, string, number][] = [
    [HOME, '2026-01-01T00:00:00Z', 60],
    [HOME, '2026-07-01T00:00:00Z', 120],
    [HOME, '2026-10-25T00:59:59Z', 120],
    [HOME, '2026-10-25T01:00:00Z', 60],
    ['America/New_York', '2026-07-01T00:00:00Z', -240],
    ['Asia/Kathmandu', '2026-07-01T00:00:00Z', 345],
    ['UTC', '2026-07-01T00:00:00Z', 0],
  ]
  for (const [zone, at, minutes] of cases) expect(offsetIn(zone, Date.parse(at)), `${zone} ${at}`).toBe(minutes)
})

test('the reader’s clock is told where it shows something else', () => {
  const evening = '2026-11-24T18:30:00+01:00'
  expect(differsForReader(evening, HOME)).toBe(false)
  expect(differsForReader(evening, 'Europe/Vienna')).toBe(false)
  expect(differsForReader(evening, 'Asia/Tokyo')).toBe(true)
  expect(forReader(evening, 'Asia/Tokyo')).toBe('2026-11-25T02:30:00+09:00')
  expect(forReader(evening, 'America/St_Johns')).toBe('2026-11-24T14:00:00-03:30')
})

test('a moment without a venue is shown by the reader’s clock, the date too', () => {
  for (const instant of ['2026-11-23T23:30:00Z', '2026-11-23T01:00:00Z', '2026-10-25T00:30:00Z']) {
    const shown = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(epoch(instant))
    expect(`${dateOf(instant)} ${timeOf(instant)}`).toBe(shown)
  }
  expect(dateOf('2026-11-23')).toBe('2026-11-23')
})

test('today is the venue’s', () => {
  const now = Date.parse('2026-11-24T23:30:00Z')
  expect([todayIn(HOME, now), clockIn(HOME, now)]).toEqual(['2026-11-25', '00:30'])
  expect(todayIn('America/New_York', now)).toBe('2026-11-24')
})

test('dates know no zone', () => {
  expect(addDays('2026-03-28', 1)).toBe('2026-03-29')
  expect(addDays('2026-10-25', 1)).toBe('2026-10-26')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  expect([daysBetween('2026-10-24', '2026-10-26'), daysBetween('2026-03-29', '2026-03-28')]).toEqual([2, -1])
  expect([weekday('2026-11-23'), weekday('2026-11-29')]).toEqual([1, 7])
  expect(mondayOf('2026-11-29')).toBe('2026-11-23')
  for (const [text, good] of [
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2026-2-1', false],
    ['tomorrow', false],
    ['', false],
  ] as const) {
    expect(isDate(text), text).toBe(good)
  }
})
