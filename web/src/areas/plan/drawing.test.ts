import { describe, expect, it } from 'vitest'
import { chair, next, pixels, short, writing, type Drawn } from './drawing'

const desk = (x: number, y: number, width = 140, height = 70, rotation = 0) => ({ x, y, width, height, rotation })
const plan = (width: number, height: number, units: ReturnType<typeof desk>[]): Drawn => ({
  ...{ width, height, fixtures: [] },
  units: units.map((one, place) => ({ ...one, unit_id: `unt_${place}` as never, rotation: 0 as const })),
})

describe('a plan', () => {
  it('fits its place, but what one taps is large enough, even on a phone', () => {
    const sides = (drawn: Drawn, free: number) => {
      const scale = pixels(drawn, free) / (drawn.width + 40)
      return Math.min(...drawn.units.map((one) => Math.min(one.width, one.height) * scale))
    }
    for (const [drawn, free, wide] of [
      [plan(760, 760, [desk(0, 0)]), 340, 340],
      // Never so high that the page is only a plan.
      [plan(500, 960, [desk(0, 0)]), 900, 281],
      // 16 m of desks on 340 px: wider than the phone.
      [plan(1600, 1300, [desk(0, 0)]), 340, 610],
      [plan(400, 400, []), 340, 340],
    ] as const) {
      expect(pixels(drawn, free)).toBe(wide)
      if (drawn.units.length > 0) expect(sides(drawn, free)).toBeGreaterThanOrEqual(24)
    }
  })

  it('has a chair before the front of each desk, and none in a room', () => {
    expect(chair(desk(100, 100))).toEqual({ x: 148, y: 176, width: 44, height: 30 })
    expect(chair(desk(100, 100, 140, 70, 180))).toEqual({ x: 148, y: 64, width: 44, height: 30 })
    expect(chair(desk(100, 100, 70, 140, 90))).toEqual({ x: 64, y: 148, width: 30, height: 44 })
    expect(chair(desk(100, 100, 70, 140, 270))).toEqual({ x: 176, y: 148, width: 30, height: 44 })
    expect(chair(desk(0, 0, 800, 700))).toBeNull()
  })

  it('says which desk it is, as large as it fits', () => {
    for (const [label, said] of [
      ['Miza 4', '4'],
      ['Miza 48', '48'],
      ['Pri oknu', 'Pri oknu'],
      ['7', '7'],
    ]) {
      expect(short(label ?? '')).toBe(said)
    }
    expect(writing('4', desk(0, 0))).toEqual({ text: '4', size: 35 })
    expect(writing('Dvorana, velika polovica', desk(0, 0, 820, 720)).text).toBe('Dvorana, velika polovica')
    expect(writing('Dvorana, velika polovica', desk(0, 0)).text).toMatch(/^Dvorana,.*…$/)
    expect(writing('Kuhinja', desk(0, 0, 12, 300)).text).toBe('')
  })

  it('is walked by arrows, row by row', () => {
    // 0 1 2
    // 3   4
    const desks = [desk(0, 0), desk(150, 0), desk(300, 0), desk(0, 200), desk(300, 200)]
    for (const [from, key, to] of [
      [0, 'ArrowRight', 1],
      [1, 'ArrowRight', 2],
      [2, 'ArrowRight', null],
      [1, 'ArrowLeft', 0],
      [0, 'ArrowDown', 3],
      [2, 'ArrowDown', 4],
      [3, 'ArrowRight', 4],
      [4, 'ArrowUp', 2],
      [0, 'ArrowUp', null],
      [3, 'Home', 0],
      [0, 'End', 4],
      [0, 'x', null],
      [9, 'ArrowDown', null],
    ] as const) {
      expect(next(desks, from, key), `${from} ${key}`).toBe(to)
    }
  })
})
