import { describe, expect, it } from 'vitest'
import type { ExplainedPiece, Reservation, Space } from '../../api/openapi.gen'
import { amount, named, ofHour, placeOf, sourceOf } from './explained'

const sum = { seconds: 7200, seat_seconds: 14400, hours: 2, seat_hours: 4 }
const piece = (over: Partial<ExplainedPiece> = {}): ExplainedPiece => ({
  ...{ amount: sum, sign: 1, space_id: 'spc_a', unit_id: 'unt_2' },
  ...{ starts_at: '2026-10-01T09:00:00+02:00', ends_at: '2026-10-01T11:00:00+02:00' },
  source: { type: 'reservation', id: 'rsv_1', path: '/api/v1/reservations/rsv_1' },
  ...over,
})
const space = (units: string[]): Space =>
  ({
    id: 'spc_a',
    name: 'Dvorana',
    units: units.map((label, at) => ({ id: `unt_${at + 1}`, label, seats: 1 })),
  }) as Space

describe('a piece of a figure', () => {
  it('is counted in what its figure is counted in', () => {
    expect(amount(sum)).toBe('2 h')
    expect(amount({ ...sum, reservations: 2 })).toBe('2 rezervaciji')
    expect(amount({ ...sum, person_hours: 3.5 })).toBe('osebne ure: 3,5 · sedežne ure: 4')
  })

  it('says its space, and the unit where there are several', () => {
    expect(placeOf(piece(), [space(['leva', 'desna'])])).toBe('Dvorana · desna')
    expect(placeOf(piece({ unit_id: 'unt_1' }), [space(['vsa'])])).toBe('Dvorana')
    expect(placeOf(piece({ unit_id: null }), [space(['leva', 'desna'])])).toBe('Dvorana')
    expect(placeOf(piece(), [])).toBe('')
  })

  it('is a reservation by its title, else by what it is for', () => {
    const of = (title: string | null) => [{ id: 'rsv_1', title, purpose: 'rehearsal' } as Reservation]
    expect(sourceOf(piece(), of('Zbor'))).toBe('Zbor')
    expect(sourceOf(piece(), of(null))).toBe('Vaja')
    expect(sourceOf(piece(), [])).toBe('rezervacija')
    const closure = { type: 'closure', path: '' } as const
    expect(sourceOf(piece({ source: closure }), of('Zbor'))).toBe('zaprto')
  })
})

it('names each reservation that pieces come from once, and nothing else', () => {
  const source = (id: string) => ({ type: 'reservation', id, path: '' }) as const
  const hours = piece({ source: { type: 'opening_hours', path: '' } })
  const block = piece({ source: { type: 'block', id: 'blk_1', path: '' } })
  expect(named([hours, piece(), piece({ source: source('rsv_2') }), block, piece()])).toEqual(['rsv_1', 'rsv_2'])
  expect(named([hours])).toEqual([])
})

it('an hour of the week is a row of its own', () => {
  expect(ofHour('/api/v1/statistics/explain?venue_id=ven_a', '1', '09')).toBe(
    '/api/v1/statistics/explain?venue_id=ven_a&weekday=1&hour=9',
  )
})
