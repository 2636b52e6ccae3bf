// What stands on a timeline: reservations and blocks, looked at again and again, and opening hours, read once.
import { api } from '../../../api/client'
import type { Block, Reservation, Space } from '../../../api/openapi.gen'
import { addDays, type Instant, type LocalDate } from '../../../time/instants'
import { all } from '../data'

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
  const range = { from, to, limit: 200 }
  const [reservations, blocks] = await Promise.all([
    all((cursor) => api.get('/reservations', { query: { venue_id, ...range, ...(cursor ? { cursor } : {}) }, signal })),
    all((cursor) =>
      api.get('/venues/{id}/blocks', {
        path: { id: venue_id },
        query: { ...range, ...(cursor ? { cursor } : {}) },
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
}

export async function readGrounds(
  spaces: readonly Space[],
  [from, days]: readonly [LocalDate, number],
  signal: AbortSignal,
): Promise<Grounds> {
  const query = { from, to: addDays(from, days) }
  const read = await Promise.all(
    spaces.map(({ id }) => api.get('/spaces/{id}/availability', { path: { id }, query, signal })),
  )
  return {
    open: Object.fromEntries(
      read.map((one) => [
        one.space_id,
        one.days.flatMap((day) => day.open.map(({ starts_at, ends_at }) => ({ starts_at, ends_at }))),
      ]),
    ),
    grid: Object.fromEntries(read.map((one) => [one.space_id, Math.min(60, one.slot_minutes)])),
  }
}
