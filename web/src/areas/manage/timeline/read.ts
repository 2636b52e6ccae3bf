// What stands on a timeline: reservations and blocks, looked at again and again, and opening hours, read once.
import { all } from '../../../api/all'
import { api } from '../../../api/client'
import type { Block, Reservation } from '../../../api/openapi.gen'
import { addDays, type Instant, type LocalDate } from '../../../time/instants'
import type { House } from '../data'

export interface Board {
  reservations: Reservation[]
  blocks: Block[]
}
export interface Open {
  starts_at: Instant
  ends_at: Instant
}

export async function readBoard(
  venue_id: string,
  [from, days]: readonly [LocalDate, number],
  signal: AbortSignal,
): Promise<Board> {
  const to = addDays(from, days)
  const range = { from, to }
  const [reservations, blocks] = await Promise.all([
    all((page) => api.get('/reservations', { query: { venue_id, ...range, ...page }, signal })),
    all((page) =>
      api.get('/venues/{id}/blocks', {
        path: { id: venue_id },
        query: { ...range, ...page },
        signal,
      }),
    ),
  ])
  return { reservations, blocks }
}

export interface Grounds {
  /** By space: when it is open. */
  open: Record<string, Open[]>
  /** By space: the minutes on which reservations begin and end. */
  grid: Record<string, number>
  /** By date on which the venue is closed: why, or '' where that is not said. */
  shut: Record<LocalDate, string>
}

export async function readGrounds(
  { venue, spaces }: House,
  [from, days]: readonly [LocalDate, number],
  signal: AbortSignal,
): Promise<Grounds> {
  const query = { from, to: addDays(from, days) }
  const [hours, ...read] = await Promise.all([
    api.get('/venues/{id}/opening-hours', { path: { id: venue.id }, signal }),
    ...spaces.map(({ id }) => api.get('/spaces/{id}/availability', { path: { id }, query, signal })),
  ])
  return {
    open: Object.fromEntries(
      read.map((one) => [
        one.space_id,
        one.days.flatMap((day) => day.open.map(({ starts_at, ends_at }) => ({ starts_at, ends_at }))),
      ]),
    ),
    shut: Object.fromEntries(
      hours.exceptions.filter((one) => one.hours.length === 0).map((one) => [one.date, one.reason ?? '']),
    ),
    grid: Object.fromEntries(read.map((one) => [one.space_id, Math.min(60, one.slot_minutes)])),
  }
}
