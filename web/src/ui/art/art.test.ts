import { expect, test } from 'vitest'
import { KINDS } from '../../areas/spaces'
import { plan, SIZE } from './plan'
import { ridges } from './ridge'

test('the same space is drawn the same, inside its walls', () => {
  for (const kind of KINDS) {
    for (const people of [0, 1, 2, 7, 40, 500]) {
      const drawn = plan(kind, people, `spc_${people}`)
      expect(plan(kind, people, `spc_${people}`)).toEqual(drawn)
      for (const { x, y, width, height } of drawn.shapes) {
        expect(x >= 0 && y >= 0 && x + width <= SIZE.width && y + height <= SIZE.height, `${kind} ${people}`).toBe(true)
      }
    }
  }
  expect(ridges('Triglav', 100, 50)).toEqual(ridges('Triglav', 100, 50))
  expect(ridges('Triglav', 100, 50)).not.toEqual(ridges('Stol', 100, 50))
})
