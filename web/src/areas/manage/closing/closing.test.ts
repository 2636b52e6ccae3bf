import { describe, expect, it, test } from 'vitest'
import type { DateHours, Reservation, Space } from '../../../api/openapi.gen'
import { met, undone, wholeDays } from './closing'

const ZONE = 'Europe/Ljubljana'
const one = (id: string, from: string, to: string, more: object = {}) =>
  ({
    id,
    space_id: 'left',
    unit_ids: ['a'],
    status: 'confirmed',
    starts_at: `2026-11-24T${from}:00+01:00`,
    ends_at: `2026-11-24T${to}:00+01:00`,
    ...more,
  }) as unknown as Reservation
const hall = { id: 'hall', units: [{ id: 'a' }, { id: 'b' }] } as unknown as Space
const room = { id: 'room', units: [{ id: 'c' }] } as unknown as Space

describe('what it meets', () => {
  const day = wholeDays('2026-11-24', '2026-11-24', ZONE)
  const now = Date.parse('2026-11-23T12:00:00+01:00')
  const all = [one('x', '10:00', '11:00'), one('off', '12:00', '13:00', { status: 'cancelled' })]
  test.each([
    ['the hall that the half is of', hall, ['x']],
    ['another room', room, []],
  ])('%s', (_, space, wanted) => expect(met(all, space, day, now).map((found) => found.id)).toEqual(wanted))

  it('leaves what has begun, and what only touches', () => {
    expect(met(all, hall, day, Date.parse('2026-11-24T10:30:00+01:00'))).toEqual([])
    expect(met(all, hall, [Date.parse('2026-11-24T11:00:00+01:00'), day[1]], now)).toEqual([])
  })
})

describe('what opening again came to', () => {
  const hours = (space_id: string | null, closes?: string, reason: string | null = null) =>
    ({
      space_id,
      date: '2026-11-24',
      hours: closes === undefined ? [] : [{ opens: '10:00', closes }],
      reason,
    }) as unknown as DateHours
  const spaces = [{ ...room, name: 'Galerija' } as Space]
  const on = '2026-11-24'
  test.each([
    [{ opened: [on], restored: [], kept: [] }, [/^Spet odprto po urniku: .*24\. nov/]],
    [{ opened: [], restored: [hours(null, '14:00')], kept: [] }, [/pred zaprtjem: 10:00–14:00\.$/]],
    [
      { opened: [], restored: [], kept: [hours(null, '12:00')] },
      [/medtem določeno drugo in tako ostane: 10:00–12:00\.$/],
    ],
    [
      { opened: [on], restored: [hours('room', undefined, 'Beljenje')], kept: [] },
      [/^Spet odprto/, /^Galerija: spet zaprto \(Beljenje\)\.$/],
    ],
    [{ opened: [], restored: [], kept: [hours('room'), hours('unknown')] }, [/^Galerija: ostane zaprto\.$/]],
  ])('%#', (came, wanted) => {
    const said = undone(came, on, spaces)
    expect(said).toHaveLength(wanted.length)
    for (const [place, pattern] of wanted.entries()) expect(said[place]).toMatch(pattern)
  })
})
