import { expect, it } from 'vitest'
import { line, shade, topOf, ticks, x, y, type Frame } from './chart'

const FRAME: Frame = { width: 120, height: 60, left: 10, right: 10, top: 5, bottom: 5 }

it.each([
  [[], 0.1],
  [[null, 0.05], 0.1],
  [[0.31, 0.2], 0.4],
  [[0.7], 0.8],
  [[1], 1],
])('the axis of %j goes to %d', (rates, top) => expect(topOf(rates)).toBe(top))

it('draws lines that break where nothing is known', () => {
  expect(line(FRAME, [0, 0.5, null, 0.5], 0.5)).toBe('M10 55L43.3 5M110 5')
  expect(line(FRAME, [0.25], 0.5)).toBe('M60 30')
  expect(ticks(0.4)).toEqual([0, 0.2, 0.4])
  expect([x(FRAME, 1, 3), y(FRAME, 1, 1)]).toEqual([60, 5])
})

it.each([
  [null, 0.5, 0],
  [0, 0.5, 0],
  [0.01, 0.5, 1],
  [0.1, 0.5, 1],
  [0.11, 0.5, 2],
  [0.5, 0.5, 5],
  [0.2, 0, 0],
])('%s of %d has shade %d', (rate, most, wanted) => expect(shade(rate, most)).toBe(wanted))
