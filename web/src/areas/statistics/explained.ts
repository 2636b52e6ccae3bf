// What a figure is made of: the sums it can be asked of, and its pieces in words.
import type { Explainable, ExplainedPiece, ExplainedSum, Reservation, Space } from '../../api/openapi.gen'
import { purposeName } from '../reservations/words'
import { say } from './explain.messages'
import { say as figures } from './messages'
import { hours, number } from './numbers'
import type { RATES } from './sums'

export const FIGURES = [
  ...(['available', 'booked', 'used', 'released', 'rebooked', 'out_of_hours'] as const),
  ...(['known', 'declared', 'no_shows', 'required_check_ins'] as const),
] satisfies Explainable[]

/** What stands above the line of each rate: with it one begins to ask. */
export const ABOVE = {
  planned_frequency: 'booked',
  actual_frequency: 'used',
  occupancy: 'known',
  utilisation: 'used',
  no_shows: 'no_shows',
} as const satisfies Record<(typeof RATES)[number], Explainable>

/** In what the figure is counted: hours, person-hours of seat-hours, or reservations. */
export function amount(sum: ExplainedSum): string {
  if (typeof sum.reservations === 'number') return figures('part_reservations', { n: sum.reservations })
  if (typeof sum.person_hours !== 'number') return hours(sum.hours)
  return say('person_hours', { hours: number(sum.person_hours), seat_hours: number(sum.seat_hours) })
}

/** Its space, and which unit of it where it has several. */
export function placeOf(piece: ExplainedPiece, spaces: readonly Space[]): string {
  const space = spaces.find(({ id }) => id === piece.space_id)
  if (!space) return ''
  const unit = space.units.length > 1 ? space.units.find(({ id }) => id === piece.unit_id) : undefined
  return unit ? `${space.name} · ${unit.label}` : space.name
}

/** A reservation by its title, or what it is for. */
export function sourceOf({ source }: ExplainedPiece, reservations: readonly Reservation[]): string {
  const found = reservations.find(({ id }) => id === source.id)
  return found ? (found.title ?? purposeName(found.purpose)) : say(`origin_${source.type}`)
}

/** The reservations that pieces come from, each once. */
export const named = (pieces: readonly ExplainedPiece[]): string[] => [
  ...new Set(pieces.flatMap(({ source }) => (source.type === 'reservation' && source.id ? [source.id] : []))),
]

/** The row of one hour of the week, from where all of them together are explained. */
export const ofHour = (from: string, weekday: string, hour: string): string =>
  `${from}&weekday=${weekday}&hour=${Number(hour)}`
