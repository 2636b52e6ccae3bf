// What stands in each row of the timeline: its own reservations and blocks, and what takes its units from elsewhere.
import type { Block, Reservation, Space } from '../../../api/openapi.gen'
import { epoch, type Instant } from '../../../time/instants'

export interface Row {
  space: Space
  /** A part of the hall above it. */
  part: boolean
}
export interface Mark {
  key: string
  starts_at: Instant
  ends_at: Instant
  lane: number
  reservation?: Reservation
  block?: Block
  /** Whose reservation or block takes this space's units. */
  by?: Space
}

const GONE = ['cancelled', 'declined', 'expired']

/** Halls first, each followed by its parts, then the rest by kind and name. */
export function order(spaces: readonly Space[]): Row[] {
  const rank = (space: Space) => (space.parts.length > 0 ? 0 : space.kind === 'equipment' ? 2 : 1)
  const sorted = [...spaces].sort(
    (one, other) => rank(one) - rank(other) || one.kind.localeCompare(other.kind) || one.name.localeCompare(other.name),
  )
  const parts = new Set(sorted.flatMap((space) => space.parts))
  return sorted.flatMap((space) => {
    if (parts.has(space.id)) return []
    const below = sorted.filter((one) => space.parts.includes(one.id))
    return [{ space, part: false }, ...below.map((one) => ({ space: one, part: true }))]
  })
}

/** Until when it takes its space: what was given back early is free again. */
const endOf = (one: Reservation): Instant => one.released_at ?? one.ends_at

export function marks(
  space: Space,
  spaces: readonly Space[],
  reservations: readonly Reservation[],
  blocks: readonly Block[],
): Mark[] {
  const own = new Set(space.units.map((unit) => unit.id))
  const shares = (units: readonly string[]) => units.some((unit) => own.has(unit))
  const found: Mark[] = []
  for (const reservation of reservations) {
    if (GONE.includes(reservation.status)) continue
    const [starts_at, ends_at, key] = [reservation.starts_at, endOf(reservation), reservation.id]
    if (epoch(ends_at) <= epoch(starts_at)) continue
    if (reservation.space_id === space.id) found.push({ key, starts_at, ends_at, lane: 0, reservation })
    else if (shares(reservation.unit_ids)) {
      const by = spaces.find((one) => one.id === reservation.space_id)
      if (by) found.push({ key, starts_at, ends_at, lane: 0, reservation, by })
    }
  }
  for (const block of blocks) {
    const { starts_at, ends_at, id: key } = block
    const by = spaces.find((one) => one.id === block.space_id)
    if (block.space_id === space.id) found.push({ key, starts_at, ends_at, lane: 0, block })
    else if (by && shares(by.units.map((unit) => unit.id))) found.push({ key, starts_at, ends_at, lane: 0, block, by })
  }
  return stacked(found)
}

/** Each in the first lane that is free when it begins. */
export function stacked(list: readonly Mark[]): Mark[] {
  const until: number[] = []
  return [...list]
    .sort((one, other) => epoch(one.starts_at) - epoch(other.starts_at) || epoch(one.ends_at) - epoch(other.ends_at))
    .map((mark) => {
      const free = until.findIndex((end) => end <= epoch(mark.starts_at))
      const lane = free === -1 ? until.length : free
      until[lane] = epoch(mark.ends_at)
      return { ...mark, lane }
    })
}

/** The days on which it is not open at all. */
export const closedDays = <D extends { from: number; to: number }>(
  days: readonly D[],
  open: readonly { starts_at: Instant; ends_at: Instant }[],
): D[] => days.filter((day) => !open.some((one) => epoch(one.starts_at) < day.to && epoch(one.ends_at) > day.from))

export interface Load {
  starts_at: Instant
  ends_at: Instant
  units: number
}

/** How many of an area's units are taken, from change to change: desks gathered into one row. */
export function gathered(list: readonly Mark[], units: number): Load[] {
  const edges = [...new Set(list.flatMap((mark) => [mark.starts_at, mark.ends_at]))]
  edges.sort((one, other) => epoch(one) - epoch(other))
  return edges.slice(0, -1).flatMap((starts_at, place) => {
    const ends_at = edges[place + 1] ?? starts_at
    const within = list.filter(
      (mark) => epoch(mark.starts_at) < epoch(ends_at) && epoch(mark.ends_at) > epoch(starts_at),
    )
    const taken = within.reduce((sum, mark) => sum + (mark.block ? units : (mark.reservation?.quantity ?? 1)), 0)
    return taken === 0 || epoch(ends_at) === epoch(starts_at)
      ? []
      : [{ starts_at, ends_at, units: Math.min(taken, units) }]
  })
}
