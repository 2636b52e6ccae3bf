// What can be had at a space: where it is, its extras, and the venue's pools of equipment.
import { api } from '../../api/client'
import type { Space, Tariff, Venue } from '../../api/openapi.gen'

export interface Offered {
  space: Space
  venue: Venue
  tariff: Tariff
  pools: Space[]
}

export async function offeredAt(id: string, signal: AbortSignal): Promise<Offered> {
  const [space, tariff] = await Promise.all([
    api.get('/spaces/{id}', { path: { id }, signal }),
    api.get('/spaces/{id}/tariff', { path: { id }, signal }),
  ])
  const [venue, equipment] = await Promise.all([
    api.get('/venues/{id}', { path: { id: space.venue_id }, signal }),
    api.get('/spaces', { query: { venue_id: space.venue_id, kind: 'equipment', limit: 50 }, signal }),
  ])
  return { space, venue, tariff, pools: equipment.items.filter((one) => one.id !== id && !one.archived) }
}
