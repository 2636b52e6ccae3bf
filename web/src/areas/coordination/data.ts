// A network with its venues: what every page of a coordination body begins with.
import { all } from '../../api/all'
import { api } from '../../api/client'
import type { Network, Venue } from '../../api/openapi.gen'

export interface Body {
  network: Network
  venues: Venue[]
}

export async function readBody(id: string, signal: AbortSignal): Promise<Body> {
  const [network, venues] = await Promise.all([
    api.get('/networks/{id}', { path: { id }, signal }),
    all((page) => api.get('/venues', { query: { network_id: id, ...page }, signal })),
  ])
  return { network, venues }
}
