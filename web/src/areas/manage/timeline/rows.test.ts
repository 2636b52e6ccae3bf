import { describe, expect, it } from 'vitest'
import type { Block, Reservation, Space } from '../../../api/openapi.gen'
import { closedDays, gathered, marks, order, stacked, type Mark } from './rows'

const space = (id: string, units: string[], more: Partial<Space> = {}) =>
  ({
    id,
    name: id,
    kind: 'multifunctional',
    parts: [],
    units: units.map((unit) => ({ id: unit, label: unit, seats: 1 })),
    ...more,
  }) as unknown as Space
const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, '0')}:00:00+01:00`
const taken = (space_id: string, from: number, to: number, unit_ids: string[], more: Partial<Reservation> = {}) =>
  ({
    id: `${space_id}${from}`,
    space_id,
    starts_at: at(from),
    ends_at: at(to),
    unit_ids,
    status: 'confirmed',
    quantity: 1,
    ...more,
  }) as unknown as Reservation
const mark = (from: number, to: number, quantity = 1): Mark => ({
  key: `${from}-${to}`,
  starts_at: at(from),
  ends_at: at(to),
  lane: 0,
  reservation: taken('x', from, to, [], { quantity }),
})

const hall = space('hall', ['a', 'b'], { parts: ['left', 'right'] })
const [left, right] = [space('left', ['a']), space('right', ['b'])]
const all = [right, left, hall]

it('puts the halves below their hall, and equipment last', () => {
  const rows = order([space('camera', ['c'], { kind: 'equipment' }), ...all, space('room', ['d'])])
  expect(rows.map((row) => [row.space.id, row.part])).toEqual([
    ...[
      ['hall', false],
      ['left', true],
      ['right', true],
      ['room', false],
      ['camera', false],
    ],
  ])
})

describe('marks', () => {
  it('shows in each row what takes its units', () => {
    const reservations = [taken('hall', 9, 10, ['a', 'b']), taken('left', 11, 12, ['a'])]
    const seen = (one: Space) => marks(one, all, reservations, []).map((found) => [found.key, found.by?.id])
    expect(seen(hall)).toEqual([
      ['hall9', undefined],
      ['left11', 'left'],
    ])
    expect(seen(left)).toEqual([
      ['hall9', 'hall'],
      ['left11', undefined],
    ])
    expect(seen(right)).toEqual([['hall9', 'hall']])
  })

  it('leaves out what is gone, and ends where the rest was given back', () => {
    const reservations = [
      taken('left', 8, 9, ['a'], { status: 'cancelled' }),
      taken('left', 10, 12, ['a'], { status: 'no_show', released_at: at(11) }),
    ]
    expect(marks(left, all, reservations, []).map((found) => found.ends_at)).toEqual([at(11)])
  })

  it('shows blocks, and those of halls and halves', () => {
    const block = { id: 'blk', space_id: 'left', starts_at: at(8), ends_at: at(20) } as unknown as Block
    expect(marks(left, all, [], [block])[0]?.by).toBeUndefined()
    expect(marks(hall, all, [], [block])[0]?.by?.id).toBe('left')
    expect(marks(right, all, [], [block])).toEqual([])
  })
})

it('stacks what overlaps, and lets go what touches', () => {
  expect(stacked([mark(9, 11), mark(10, 12), mark(11, 13)]).map((one) => one.lane)).toEqual([0, 1, 0])
})

it('gathers desks from change to change', () => {
  expect(gathered([mark(9, 12), mark(10, 11, 2), mark(14, 15)], 8).map((one) => [one.starts_at, one.units])).toEqual([
    ...[
      [at(9), 1],
      [at(10), 3],
      [at(11), 1],
      [at(14), 1],
    ],
  ])
})

it('tells the days on which it is not open at all', () => {
  const day = (date: string) => ({
    ...{ date, from: Date.parse(`${date}T08:00+01:00`), to: Date.parse(`${date}T18:00+01:00`) },
  })
  const days = [day('2026-11-24'), day('2026-11-25'), day('2026-11-26')]
  const open = [
    { starts_at: '2026-11-24T08:00:00+01:00', ends_at: '2026-11-24T12:00:00+01:00' },
    { starts_at: '2026-11-25T20:00:00+01:00', ends_at: '2026-11-26T09:00:00+01:00' },
  ]
  expect(closedDays(days, open).map(({ date }) => date)).toEqual(['2026-11-25'])
  expect(closedDays(days, [])).toHaveLength(3)
})
