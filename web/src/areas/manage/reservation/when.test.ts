import { expect, it, test } from 'vitest'
import { asked, lastFor, times } from './when'

const ZONE = 'Europe/Ljubljana'
const at = (date: string, from: string, to: string, offsets = { from: '', to: '' }) => ({
  ...{ date, from, to, last: date, offsets },
})
const [SUMMER, WINTER] = ['+02:00', '+01:00']

test.each([
  ['an hour', at('2026-11-24', '10:00', '11:00'), '2026-11-24T10:00', '2026-11-24T11:00'],
  ['over midnight', at('2026-11-24', '22:00', '01:00'), '2026-11-24T22:00', '2026-11-25T01:00'],
  ['first of two', at('2026-10-25', '02:30', '04:00'), '2026-10-25T02:30:00+02:00', '2026-10-25T04:00'],
  [
    ...(['second of two', at('2026-10-25', '02:30', '04:00', { from: WINTER, to: '' })] as const),
    ...(['2026-10-25T02:30:00+01:00', '2026-10-25T04:00'] as const),
  ],
  [
    ...(['half an hour over the change', at('2026-10-25', '02:45', '02:15', { from: SUMMER, to: WINTER })] as const),
    ...(['2026-10-25T02:45:00+02:00', '2026-10-25T02:15:00+01:00'] as const),
  ],
  ['the night without', at('2026-03-29', '02:30', '04:00'), '2026-03-29T02:30', '2026-03-29T04:00'],
])('%s', (_, when, starts_at, ends_at) => {
  expect(times(when, 'hours', ZONE)).toEqual({ starts_at, ends_at })
})

it('takes dates where days or nights are booked', () => {
  const when = asked('2026-11-24T08:00:00+01:00', '2026-11-26T20:00:00+01:00', 'days')
  expect(times(when, 'days', ZONE)).toEqual({ starts_at: '2026-11-24', ends_at: '2026-11-26' })
})

it('takes days that close at midnight or in the small hours as the ones before', () => {
  for (const ends of ['2026-11-26T00:00:00+01:00', '2026-11-26T02:00:00+01:00']) {
    const when = asked('2026-11-24T08:00:00+01:00', ends, 'days')
    expect(times(when, 'days', ZONE)).toEqual({ starts_at: '2026-11-24', ends_at: '2026-11-25' })
  }
})

test.each([
  ['a click is a night', '2026-11-24', undefined, 'nights', '2026-11-25'],
  ['or a day', '2026-11-24', undefined, 'days', '2026-11-24'],
  ['three nights stay three', '2026-11-27', undefined, 'nights', '2026-11-27'],
  ['and are three days', '2026-11-27', 'nights', 'days', '2026-11-26'],
  ['three days are three nights', '2026-11-26', 'days', 'nights', '2026-11-27'],
  ['after hours it is one night', '2026-11-01', 'hours', 'nights', '2026-11-25'],
  ['or one day', '2026-12-01', 'hours', 'days', '2026-11-24'],
  ['hours have none', '2026-11-27', 'nights', 'hours', '2026-11-27'],
] as const)('%s', (_, last, was, by, expected) => {
  expect(lastFor({ ...at('2026-11-24', '10:00', '11:00'), last }, was, by)).toBe(expected)
})

it('keeps which one was meant', () => {
  const when = asked('2026-10-25T02:30:00+01:00', '2026-10-25T04:00:00+01:00', 'hours')
  expect(times(when, 'hours', ZONE).starts_at).toBe('2026-10-25T02:30:00+01:00')
})
