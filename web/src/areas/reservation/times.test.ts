import { expect, test } from 'vitest'
import { instants, timesOf } from './times'

const ZONE = 'Europe/Ljubljana'
const before = { starts_at: '2026-10-25T02:30:00+01:00', ends_at: '2026-10-25T04:00:00+01:00' }

test('what stays goes with its offset, what changes as the venue’s clock shows it', () => {
  const times = timesOf(before)
  expect(instants(times, before, 'hours', ZONE)).toEqual(before)
  expect(instants({ ...times, end: '05:00' }, before, 'hours', ZONE)).toEqual({
    starts_at: before.starts_at,
    ends_at: '2026-10-25T05:00',
  })
})

test('the other of two equal times is another one', () => {
  const times = { ...timesOf(before), offsets: { start: '+02:00', end: '+01:00' } }
  expect(instants(times, before, 'hours', ZONE)).toEqual({ ...before, starts_at: '2026-10-25T02:30:00+02:00' })
})

test('days and nights are dates', () => {
  const times = { ...timesOf(before), to: '2026-10-27' }
  expect(instants(times, before, 'nights', ZONE)).toEqual({ starts_at: before.starts_at, ends_at: '2026-10-27' })
})
