import { expect, test } from 'vitest'
import { instants, timesOf } from './times'

const ZONE = 'Europe/Ljubljana'
const before = { starts_at: '2026-10-25T02:30:00+01:00', ends_at: '2026-10-25T04:00:00+01:00' }

test('what stays goes with its offset, what changes as the venue’s clock shows it', () => {
  const times = timesOf(before, 'hours')
  expect(instants(times, before, 'hours', ZONE)).toEqual(before)
  expect(instants({ ...times, end: '05:00' }, before, 'hours', ZONE)).toEqual({
    starts_at: before.starts_at,
    ends_at: '2026-10-25T05:00',
  })
})

test('the other of two equal times is another one', () => {
  const times = { ...timesOf(before, 'hours'), offsets: { start: '+02:00', end: '+01:00' } }
  expect(instants(times, before, 'hours', ZONE)).toEqual({ ...before, starts_at: '2026-10-25T02:30:00+02:00' })
})

test('days and nights are dates', () => {
  const times = { ...timesOf(before, 'nights'), to: '2026-10-27' }
  expect(instants(times, before, 'nights', ZONE)).toEqual({ starts_at: before.starts_at, ends_at: '2026-10-27' })
})

test('a day that is open until midnight is the last one, and what stays is not sent anew', () => {
  const day = { starts_at: '2026-11-24T00:00:00+01:00', ends_at: '2026-11-26T00:00:00+01:00' }
  const times = timesOf(day, 'days')
  expect([times.from, times.to]).toEqual(['2026-11-24', '2026-11-25'])
  expect(instants(times, day, 'days', ZONE)).toEqual(day)
  expect(instants({ ...times, to: '2026-11-26' }, day, 'days', ZONE).ends_at).toBe('2026-11-26')
})
