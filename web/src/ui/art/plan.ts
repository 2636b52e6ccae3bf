// A floor plan drawn from what is known of a space: its kind, how many people it holds, its id. Shapes in a room of
// 320 × 200; the same space gives the same drawing.
import type { SpaceKind } from '../../api/openapi.gen'
import { dice } from './dice'

export interface Shape {
  kind: 'table' | 'seat' | 'soft' | 'mark'
  x: number
  y: number
  width: number
  height: number
  round?: boolean
}
export interface Plan {
  shapes: Shape[]
  /** Where the door is in the lower wall, and the windows in the upper: x and width. */
  door: number
  windows: { x: number; width: number }[]
  tone: number
}

const [WIDTH, HEIGHT] = [320, 200]
const TONES = 4

const box = (kind: Shape['kind'], x: number, y: number, width: number, height: number): Shape => ({
  ...{ kind, x, y, width, height },
})
const seat = (x: number, y: number): Shape => ({ kind: 'seat', x: x - 6, y: y - 6, width: 12, height: 12, round: true })

function aroundATable(people: number): Shape[] {
  const side = Math.max(1, Math.min(7, Math.ceil((people - 2) / 2)))
  const width = Math.max(64, side * 26)
  const left = (WIDTH - width) / 2
  const shapes = [box('table', left, 78, width, 44)]
  for (let at = 0; at < side; at++) {
    const x = left + (width / side) * (at + 0.5)
    shapes.push(seat(x, 64), seat(x, 136))
  }
  if (people > 2) shapes.push(seat(left - 14, 100), seat(left + width + 14, 100))
  return shapes
}

function desks(count: number): Shape[] {
  const columns = Math.min(6, Math.max(2, Math.ceil(Math.sqrt(count * 1.6))))
  const rows = Math.min(3, Math.ceil(count / columns))
  const [dx, dy] = [280 / columns, 140 / rows]
  return Array.from({ length: Math.min(count, columns * rows) }, (_, at) => {
    const [x, y] = [20 + (at % columns) * dx + dx / 2, 34 + Math.floor(at / columns) * dy + dy / 2]
    return [box('table', x - 17, y - 15, 34, 16), seat(x, y + 11)]
  }).flat()
}

function rows(people: number): Shape[] {
  const columns = 13
  const lines = Math.max(2, Math.min(4, Math.ceil(people / 20)))
  const shapes = [box('soft', 96, 24, 128, 22)]
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < columns; at++) {
      if (at !== 6) shapes.push(seat(52 + at * 18, 78 + line * 22))
    }
  }
  return shapes
}

function studio(throwDie: () => number): Shape[] {
  const shapes = [box('soft', 26, 26, 92, 52), box('table', 206, 30, 86, 26), seat(249, 70)]
  for (let at = 0; at < 4; at++) shapes.push(box('mark', 40 + at * 62 + throwDie() * 16, 120 + throwDie() * 30, 26, 18))
  return shapes
}

function flat(): Shape[] {
  return [
    ...[box('soft', 26, 26, 70, 86), box('table', 30, 30, 28, 18), box('table', 64, 30, 28, 18)],
    ...[
      box('table', 216, 36, 56, 34),
      seat(230, 84),
      seat(258, 84),
      box('soft', 196, 138, 96, 26),
      box('mark', 140, 24, 4, 96),
    ],
  ]
}

function shelves(): Shape[] {
  return Array.from({ length: 12 }, (_, at) =>
    box(at % 3 ? 'mark' : 'soft', 34 + (at % 4) * 66, 34 + Math.floor(at / 4) * 46, 50, 28),
  )
}

export function plan(kind: SpaceKind, people: number, seed: string): Plan {
  const throwDie = dice(seed)
  const [tone, door] = [Math.floor(throwDie() * TONES), 30 + Math.floor(throwDie() * 220)]
  const count = 2 + Math.floor(throwDie() * 3)
  const windows = Array.from({ length: count }, (_, at) => ({ x: 20 + (at + 0.5) * (280 / count) - 22, width: 44 }))
  const drawn: Record<SpaceKind, () => Shape[]> = {
    meeting_room: () => aroundATable(people),
    desk_area: () => desks(people),
    multifunctional: () => rows(people),
    studio: () => studio(throwDie),
    flat,
    equipment: shelves,
  }
  return { shapes: drawn[kind](), door, windows, tone }
}

export const SIZE = { width: WIDTH, height: HEIGHT }
