// A network with its venues: what every page of a coordination body begins with.
import { api } from '../../api/client'
import type { Network, Venue } from '../../api/openapi.gen'
import { all } from '../manage/data'

export interface Body {
  network: Network
  venues: Venue[]
}

export async function readBody(id: string, signal: AbortSignal): Promise<Body> {
  const [network, venues] = await Promise.all([
    api.get('/networks/{id}', { path: { id }, signal }),
    all((cursor) =>
      api.get('/venues', { query: { network_id: id, limit: 200, ...(cursor ? { cursor } : {}) }, signal }),
    ),
  ])
  return { network, venues }
}
