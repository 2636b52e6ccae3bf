import { expect, test } from 'vitest'
import { follow, stepped, type Ghost } from './dragging'

const MINUTE = 60_000
const ghost = (kind: Ghost['kind']): Ghost => ({ kind, key: 'k', from: 600 * MINUTE, to: 660 * MINUTE, space: 'b' })
const minutes = (one: Ghost | null) => one && [one.kind, one.from / MINUTE, one.to / MINUTE]

test.each([
  ['move', 620, 650, [630, 690]],
  ['move', 620, 560, [540, 600]],
  ['resize', 660, 690, [600, 690]],
  ['resize', 660, 500, [600, 615]],
  ['new', 600, 690, [600, 690]],
  ['new', 600, 540, [540, 600]],
  ['new', 600, 600, [600, 615]],
] as const)('%s from %i to %i', (kind, began, now, wanted) => {
  expect(minutes(follow(ghost(kind), began * MINUTE, now * MINUTE, 15))?.slice(1)).toEqual(wanted)
})

test.each([
  [{ key: 'ArrowRight', altKey: true, shiftKey: false }, ['move', 615, 675]],
  [{ key: 'ArrowLeft', altKey: true, shiftKey: false }, ['move', 585, 645]],
  [{ key: 'ArrowRight', altKey: true, shiftKey: true }, ['resize', 600, 675]],
  [{ key: 'ArrowRight', altKey: false, shiftKey: false }, null],
  [{ key: 'Enter', altKey: true, shiftKey: false }, null],
])('%j', (event, wanted) => {
  expect(minutes(stepped(ghost('move'), event, 15, ['a', 'b']))).toEqual(wanted)
})

test.each([
  ['ArrowUp', false, 'a'],
  ['ArrowDown', false, 'c'],
  ['ArrowDown', true, undefined],
])('%s with shift %s goes to the row of %s', (key, shiftKey, wanted) => {
  expect(stepped(ghost('move'), { key, altKey: true, shiftKey }, 15, ['a', 'b', 'c'])?.space).toBe(wanted)
  expect(stepped(ghost('move'), { key, altKey: true, shiftKey }, 15, ['b'])).toBeNull()
})
