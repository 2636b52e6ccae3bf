import { describe, expect, test } from 'vitest'
import type { DateHours, Space } from '../../../api/openapi.gen'
import { at, undone } from './closing'

const ZONE = 'Europe/Ljubljana'
const room = { id: 'room' } as unknown as Space

test.each([
  ['2026-10-25', '02:30', '+01:00', '2026-10-25T02:30:00+01:00'],
  ['2026-10-25', '02:30', '+02:00', '2026-10-25T02:30:00+02:00'],
  ['2026-10-25', '02:30', '', '2026-10-25T02:30:00+02:00'],
  ['2026-03-29', '02:30', '', '2026-03-29T03:30:00+02:00'],
  ['2026-11-24', '08:15', '+02:00', '2026-11-24T08:15:00+01:00'],
])('%s at %s, meant as %j, is %s', (date, time, offset, wanted) =>
  expect(at(date, time, ZONE, offset)).toBe(Date.parse(wanted)),
)

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
