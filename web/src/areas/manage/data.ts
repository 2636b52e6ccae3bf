// A venue with its spaces: what every page of a manager begins with.
import { api } from '../../api/client'
import type { Reservation, Space, Venue } from '../../api/openapi.gen'
import { addDays, todayIn } from '../../time/instants'

export interface House {
  venue: Venue
  spaces: Space[]
}

export async function readHouse(id: string, signal: AbortSignal): Promise<House> {
  const [venue, spaces] = await Promise.all([
    api.get('/venues/{id}', { path: { id }, signal }),
    all((cursor) => api.get('/spaces', { query: { venue_id: id, limit: 200, ...(cursor ? { cursor } : {}) }, signal })),
  ])
  return { venue, spaces: spaces.filter((space) => !space.archived) }
}

/** How many days back somebody counts as known at a venue. */
const BACK = 90

/** Who reserved lately, or has ahead: the first two hundred reservations of those. */
export async function recent(venue_id: string, signal: AbortSignal): Promise<Reservation[]> {
  const query = { venue_id, from: addDays(todayIn('Europe/Ljubljana'), -BACK), limit: 200 }
  return (await api.get('/reservations', { query, signal })).items
}

/** All pages of a list. */
export async function all<T>(
  read: (cursor: string | null) => Promise<{ items: T[]; next?: string | null }>,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: { items: T[]; next?: string | null } = await read(cursor)
    items.push(...page.items)
    cursor = page.next ?? null
  } while (cursor !== null)
  return items
}
