import { expect, it, test } from 'vitest'
import type { Reservation } from '../../../api/openapi.gen'
import { can, owed } from './can'

const HOUR = 3_600_000
const START = Date.parse('2026-11-24T10:00:00+01:00')
const one = (more: object) =>
  ({
    ...{ status: 'confirmed', starts_at: '2026-11-24T10:00:00+01:00', ends_at: '2026-11-24T12:00:00+01:00' },
    ...{ check_in: { opens_at: '2026-11-24T09:45:00+01:00', required: true }, ...more },
  }) as unknown as Reservation

test.each([
  ['confirmed', {}, -2, ['move', 'cancel']],
  ['just before', {}, -0.1, ['check_in', 'move', 'cancel']],
  ['begun', {}, 0.5, ['check_in', 'no_show', 'headcount', 'move']],
  ['over', {}, 3, ['headcount']],
  ['pending', { status: 'pending' }, -2, ['approve', 'decline', 'move']],
  ['with a change', { change: {} }, -2, ['approve', 'decline', 'move', 'cancel']],
  ['going on', { status: 'checked_in' }, 1, ['check_out', 'headcount', 'move']],
  ['nobody came', { status: 'no_show' }, 24, ['reinstate']],
  ['nobody came long ago', { status: 'no_show' }, 24 * 8, []],
  ['completed', { status: 'completed' }, 3, ['headcount']],
  ['cancelled', { status: 'cancelled' }, -2, []],
])('%s', (_, more, hours, wanted) => {
  expect(can(one(more), START + hours * HOUR)).toEqual(wanted)
})

it('knows what is owed still', () => {
  const fee = { minor: 2000, currency: 'EUR' }
  expect(owed(one({}))).toBeNull()
  expect(owed(one({ cancellation_fee: fee }))?.minor).toBe(2000)
  expect(owed(one({ cancellation_fee: fee, fee_settled: { amount: { ...fee, minor: 1500 } } }))?.minor).toBe(500)
  expect(owed(one({ change_fee: fee, fee_settled: { amount: fee } }))?.minor).toBe(0)
})
