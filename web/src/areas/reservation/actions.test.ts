import { describe, expect, it } from 'vitest'
import type { Reservation } from '../../api/openapi.gen'
import { actions, cancellingCosts, later } from './actions'

const at = (time: string) => Date.parse(`2026-11-24T${time}:00+01:00`)
const one = (more: object) =>
  ({
    ...{ starts_at: '2026-11-24T10:00:00+01:00', ends_at: '2026-11-24T12:00:00+01:00', status: 'confirmed' },
    ...{ cancel_by: '2026-11-24T08:00:00+01:00', check_in: { required: true, opens_at: '2026-11-24T09:45:00+01:00' } },
    ...more,
  }) as Reservation
const possible = (more: object, time: string, booked_by: 'hours' | 'days' = 'hours') =>
  Object.entries(actions(one(more), { booked_by }, at(time)))
    .filter(([, can]) => can)
    .map(([name]) => name)

describe('what can be done', () => {
  it.each([
    [{}, '07:00', ['change', 'extend', 'cancel']],
    [{}, '09:50', ['change', 'extend', 'cancel', 'checkIn']],
    [{}, '10:30', ['extend', 'checkIn', 'count']],
    [{ status: 'checked_in' }, '10:30', ['extend', 'checkOut', 'count']],
    [{ status: 'completed' }, '12:30', ['count']],
    [{ status: 'pending' }, '07:00', ['change', 'cancel']],
    [{ status: 'cancelled' }, '07:00', []],
    [{ status: 'no_show' }, '11:00', []],
  ])('of %o at %s', (more, time, can) => {
    expect(possible(more, time)).toEqual(can)
  })

  it('has an end where it is only held', () => {
    const held = { status: 'held', hold_expires_at: '2026-11-24T07:10:00+01:00' }
    expect(possible(held, '07:05')).toContain('confirm')
    expect(possible(held, '07:15')).not.toContain('confirm')
  })

  it('is not extended by the hour where one books days', () => {
    expect(possible({}, '07:00', 'days')).not.toContain('extend')
  })
})

it('cancelling costs what is kept, or more where it is late', () => {
  const eur = (minor: number) => ({ minor, currency: 'EUR' })
  expect(cancellingCosts(one({ late_cancellation_fee: eur(500) }), at('07:00'))).toBe(null)
  expect(cancellingCosts(one({ late_cancellation_fee: eur(500) }), at('09:00'))).toEqual(eur(500))
  expect(cancellingCosts(one({ late_cancellation_fee: eur(500), kept_fee: eur(900) }), at('09:00'))).toEqual(eur(900))
  expect(cancellingCosts(one({ kept_fee: eur(900) }), at('07:00'))).toEqual(eur(900))
})

it('a later end is later by elapsed time', () => {
  expect(later('2026-10-25T02:30:00+02:00', 60)).toBe('2026-10-25T01:30:00Z')
})
