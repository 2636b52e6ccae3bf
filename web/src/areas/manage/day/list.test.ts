import { expect, it } from 'vitest'
import type { Reservation } from '../../../api/openapi.gen'
import { sorted } from './list'

const one = (id: string, from: number, status: string) =>
  ({
    id,
    status,
    starts_at: `2026-11-24T${from}:00:00+01:00`,
    ends_at: `2026-11-24T${from + 1}:00:00+01:00`,
  }) as unknown as Reservation

it('has what is to come first, and nothing that never was', () => {
  const list = [
    one('over', 10, 'completed'),
    one('later', 15, 'confirmed'),
    one('never', 12, 'declined'),
    one('now', 12, 'checked_in'),
    one('off', 14, 'cancelled'),
  ]
  const names = sorted(list, Date.parse('2026-11-24T12:30:00+01:00')).map((found) => found.id)
  expect(names).toEqual(['now', 'later', 'over', 'off'])
})
