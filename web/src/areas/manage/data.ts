// A venue with its spaces: what every page of a manager begins with.
import { all } from '../../api/all'
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
    all((page) => api.get('/spaces', { query: { venue_id: id, ...page }, signal })),
  ])
  return { venue, spaces: spaces.filter((space) => !space.archived) }
}

/** How many days back somebody counts as known at a venue. */
const BACK = 90

/** Who reserved lately, or has ahead. */
export function recent(venue_id: string, signal: AbortSignal): Promise<Reservation[]> {
  const query = { venue_id, from: addDays(todayIn('Europe/Ljubljana'), -BACK) }
  return all((page) => api.get('/reservations', { query: { ...query, ...page }, signal }))
}
