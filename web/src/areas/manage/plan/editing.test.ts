import { describe, expect, it } from 'vitest'
import {
  arranged,
  changed,
  keys,
  moved,
  overlapping,
  sized,
  thing,
  turned,
  withFixture,
  without,
  withUnit,
  type Draft,
} from './editing'

const unit = (id: string, x: number, y: number, width = 140, height = 70) => ({
  ...{ unit_id: id as Draft['units'][number]['unit_id'], x, y, width, height },
  rotation: 0 as const,
})
const room = (...units: Draft['units']): Draft => ({ width: 600, height: 400, units, fixtures: [] })
const at = (draft: Draft, key: string) => {
  const { x, y, width, height, rotation } = thing(draft, key) ?? { x: -1, y: -1, width: 0, height: 0, rotation: -1 }
  return [x, y, width, height, rotation]
}

describe('a plan being edited', () => {
  it('moves and turns things, and never out of the room', () => {
    const draft = room(unit('a', 100, 100))
    for (const [after, wanted] of [
      [moved(draft, 'a', 10, -10), [110, 90, 140, 70, 0]],
      [moved(draft, 'a', -900, 900), [0, 330, 140, 70, 0]],
      [turned(draft, 'a'), [135, 65, 70, 140, 90]],
      [turned(turned(turned(turned(draft, 'a'), 'a'), 'a'), 'a'), [100, 100, 140, 70, 0]],
      [turned(room(unit('a', 0, 0, 500, 70)), 'a'), [215, 0, 70, 400, 90]],
      [changed(draft, 'a', { width: 5000 }), [0, 100, 600, 70, 0]],
      [changed(draft, 'a', { height: Number.NaN }), [100, 100, 140, 5, 0]],
      [moved(draft, 'unknown', 10, 10), [100, 100, 140, 70, 0]],
      [sized(draft, 200, 120), [60, 50, 140, 70, 0]],
    ] as const) {
      expect(at(after, 'a')).toEqual(wanted)
    }
  })

  it('adds what is missing where there is room, and takes things away', () => {
    const draft = withFixture(withFixture(room(unit('a', 0, 0)), 'door', null), 'furniture', 'Kuhinja')
    expect(keys(draft)).toEqual(['a', 'f:0', 'f:1'])
    expect(at(draft, 'f:0')).toEqual([250, 388, 100, 12, 0])
    const fuller = withUnit(draft, 'b')
    expect(overlapping(fuller)).toEqual([])
    expect(overlapping(moved(fuller, 'b', -900, -900))).toEqual(['a', 'b'])
    expect(keys(without(without(fuller, 'f:0'), 'a'))).toEqual(['b', 'f:0'])
    expect(changed(draft, 'f:1', { text: 'Čajna kuhinja' }).fixtures[1]?.text).toBe('Čajna kuhinja')
  })

  it('begins with a suggestion in which all have their place', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `u${n}`, seats: 1 }))
    for (const count of [1, 2, 3, 4, 6, 7, 12, 48, 500]) {
      for (const style of ['rows', 'islands'] as const) {
        const draft = arranged(many(count), style, true)
        expect(draft.units.length, `${count} ${style}`).toBe(count)
        expect(overlapping(draft)).toEqual([])
        expect(Math.max(draft.width, draft.height)).toBeLessThanOrEqual(10_000)
        const inside = draft.units.every(
          (one) => one.x + one.width <= draft.width && one.y + one.height <= draft.height,
        )
        expect(inside).toBe(true)
      }
    }
    const halves = arranged(
      [
        { id: 'a', seats: 50 },
        { id: 'b', seats: 30 },
      ],
      'rows',
      false,
    )
    expect(overlapping(halves)).toEqual([])
    expect((thing(halves, 'a')?.width ?? 0) > (thing(halves, 'b')?.width ?? 0)).toBe(true)
  })
})
