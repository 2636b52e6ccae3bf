// What editing makes of a plan, each step a plan of its own. Lengths are whole centimetres; nothing ever leaves the room.
import type { Fixture, FixtureKind, NewPlan, Turn, UnitPlace } from './types'
import type { Rect } from '../../plan/drawing'

export interface Draft {
  width: number
  height: number
  units: UnitPlace[]
  fixtures: Fixture[]
}
/** A unit by its id, or something else by its place in the list: 'f:0'. */
export type Key = string
export type Thing = Rect & { rotation: Turn }
export type Style = 'islands' | 'rows'

/** What dragging and arrows move by, and with Shift. */
export const STEP = 10
export const LEAP = 50
/** As the API has it. */
export const LONGEST = 10_000
const SHORTEST = 5
const DESK = { width: 140, height: 70 }
/** What a seat in a room takes, square centimetres. */
const EACH = 15_000
/** Between desks and around them, so that one gets through. */
const AISLE = 160

export const keys = (draft: Draft): Key[] => [
  ...draft.units.map((one) => one.unit_id as string),
  ...draft.fixtures.map((_, at) => `f:${at}`),
]

export function thing(draft: Draft, key: Key): Thing | null {
  const found = key.startsWith('f:')
    ? draft.fixtures[Number(key.slice(2))]
    : draft.units.find((one) => one.unit_id === key)
  return found ? { ...rect(found), rotation: found.rotation ?? 0 } : null
}

const rect = ({ x, y, width, height }: Rect): Rect => ({ x, y, width, height })
const whole = (number: number, least: number, most: number): number =>
  Math.min(Math.max(Math.round(Number.isFinite(number) ? number : least), least), Math.max(least, most))

/** Within the room: first not larger than it, then not beyond its walls. */
function within<T extends Rect>(one: T, room: { width: number; height: number }): T {
  const width = whole(one.width, SHORTEST, room.width)
  const height = whole(one.height, SHORTEST, room.height)
  const [x, y] = [whole(one.x, 0, room.width - width), whole(one.y, 0, room.height - height)]
  return { ...one, x, y, width, height }
}

/** With something of one thing changed. */
export function changed(draft: Draft, key: Key, change: Partial<Thing> & { text?: string | null }): Draft {
  const edited = <T extends Rect>(one: T): T => within({ ...one, ...change }, draft)
  if (key.startsWith('f:')) {
    const at = Number(key.slice(2))
    return { ...draft, fixtures: draft.fixtures.map((one, place) => (place === at ? edited(one) : one)) }
  }
  return { ...draft, units: draft.units.map((one) => (one.unit_id === key ? edited(one) : one)) }
}

export function moved(draft: Draft, key: Key, right: number, down: number): Draft {
  const now = thing(draft, key)
  return now ? changed(draft, key, { x: now.x + right, y: now.y + down }) : draft
}

/** A quarter clockwise about its middle. */
export function turned(draft: Draft, key: Key): Draft {
  const now = thing(draft, key)
  if (!now) return draft
  const { x, y, width, height, rotation } = now
  return changed(draft, key, {
    x: x + (width - height) / 2,
    y: y + (height - width) / 2,
    ...{ width: height, height: width, rotation: ((rotation + 90) % 360) as Turn },
  })
}

export function without(draft: Draft, key: Key): Draft {
  if (!key.startsWith('f:')) return { ...draft, units: draft.units.filter((one) => one.unit_id !== key) }
  const at = Number(key.slice(2))
  return { ...draft, fixtures: draft.fixtures.filter((_, place) => place !== at) }
}

export const meet = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

/** Units that lie upon one another: rarely meant. */
export const overlapping = (draft: Draft): string[] =>
  draft.units
    .filter((one) => draft.units.some((other) => other !== one && meet(one, other)))
    .map((one) => one.unit_id as string)

/** A unit that was not shown, where there is room for it; else in the corner. */
export function withUnit(draft: Draft, unit: string): Draft {
  const size = draft.units.at(-1) ?? DESK
  const taken = [...draft.units, ...draft.fixtures]
  const { width, height } = within({ x: 0, y: 0, width: size.width, height: size.height }, draft)
  let spot: Rect = { x: 0, y: 0, width, height }
  search: for (let y = LEAP; y + height <= draft.height; y += LEAP) {
    for (let x = LEAP; x + width <= draft.width; x += LEAP) {
      const wider = { x: x - 20, y: y - 20, width: width + 40, height: height + 40 }
      if (taken.some((one) => meet(one, wider))) continue
      spot = { x, y, width, height }
      break search
    }
  }
  return { ...draft, units: [...draft.units, { unit_id: unit as UnitPlace['unit_id'], ...spot, rotation: 0 }] }
}

const SIZES: Record<FixtureKind, { width: number; height: number }> = {
  wall: { width: 200, height: 10 },
  door: { width: 100, height: 12 },
  window: { width: 200, height: 12 },
  furniture: { width: 140, height: 80 },
}

/** Doors and windows begin at a wall, the rest in the middle. */
export function withFixture(draft: Draft, kind: FixtureKind, text: string | null): Draft {
  const size = SIZES[kind]
  const y = { door: draft.height, window: 0, wall: draft.height / 2, furniture: draft.height / 2 }[kind]
  const made = within({ x: (draft.width - size.width) / 2, y, ...size }, draft)
  return { ...draft, fixtures: [...draft.fixtures, { kind, ...made, rotation: 0, text }] }
}

export function sized(draft: Draft, width: number, height: number): Draft {
  const room = { width: whole(width, 100, LONGEST), height: whole(height, 100, LONGEST) }
  return {
    ...room,
    units: draft.units.map((one) => within(one, room)),
    fixtures: draft.fixtures.map((one) => within(one, room)),
  }
}

/** A first suggestion: desks in rows, or in islands of two rows that face each other; a room's parts side by side. What else
 *  is there begins anew with a door. */
export function arranged(units: readonly { id: string; seats: number }[], style: Style, desks: boolean): Draft {
  const places = desks ? (style === 'islands' ? islands(units.length) : rows(units.length)) : parts(units)
  const right = Math.max(...places.map((one) => one.x + one.width), 0)
  const bottom = Math.max(...places.map((one) => one.y + one.height), 0)
  const edge = desks ? AISLE : 0
  const room = { width: Math.max(right + edge, 300), height: Math.max(bottom + edge, 300) }
  const stand = units.flatMap(({ id }, at) => {
    const place = places[at]
    return place ? [{ unit_id: id as UnitPlace['unit_id'], ...place }] : []
  })
  return withFixture({ ...sized({ ...room, units: stand, fixtures: [] }, room.width, room.height) }, 'door', null)
}

/** How many stand side by side: the room should be somewhat wider than deep. */
const across = (many: number, wide: number, deep: number): number =>
  Math.max(1, Math.round(Math.sqrt((many * deep * 1.3) / wide)))

function rows(many: number): Thing[] {
  const columns = across(many, DESK.width + LEAP, DESK.height + AISLE)
  return Array.from({ length: many }, (_, at) => ({
    x: AISLE + (at % columns) * (DESK.width + LEAP),
    y: AISLE / 2 + Math.floor(at / columns) * (DESK.height + AISLE),
    ...{ ...DESK, rotation: 0 as const },
  }))
}

function islands(many: number): Thing[] {
  const beside = many <= 4 ? 2 : many <= 18 ? 3 : 4
  const size = beside * 2
  const [wide, deep] = [beside * DESK.width + AISLE, 2 * DESK.height + AISLE + 60]
  const columns = across(Math.ceil(many / size), wide, deep)
  return Array.from({ length: many }, (_, at) => {
    const [island, seat] = [Math.floor(at / size), at % size]
    const upper = seat < beside
    return {
      x: AISLE + (island % columns) * wide + (seat % beside) * DESK.width,
      y: AISLE + Math.floor(island / columns) * deep + (upper ? 0 : DESK.height),
      ...{ ...DESK, rotation: upper ? (180 as const) : (0 as const) },
    }
  })
}

function parts(units: readonly { seats: number }[]): Thing[] {
  const all = units.reduce((sum, one) => sum + one.seats * EACH, 0)
  const height = Math.max(250, Math.round(Math.sqrt(all) * 0.08) * 10)
  let x = 20
  return units.map(({ seats }) => {
    const width = Math.max(200, Math.round((seats * EACH) / height / 10) * 10)
    const place = { x, y: 20, width, height, rotation: 0 as const }
    x += width + 20
    return place
  })
}

export const body = ({ width, height, units, fixtures }: Draft): NewPlan => ({ width, height, units, fixtures })
