// Where the policy of each level is read and put.
import { api } from '../../../api/client'
import type { NewPolicy, Policy } from '../../../api/openapi.gen'

export type Level = 'network' | 'venue' | 'space'
interface Ways {
  /** With what holds and where it comes from. */
  read: (id: string, signal?: AbortSignal) => Promise<Policy>
  put: (id: string, body: NewPolicy, version: number) => Promise<Policy>
}

const effective = (id: string, signal?: AbortSignal) => ({
  path: { id },
  query: { effective: true },
  ...(signal ? { signal } : {}),
})

export const POLICIES: Record<Level, Ways> = {
  network: {
    read: (id, signal) => api.get('/networks/{id}/policy', effective(id, signal)),
    put: (id, body, version) => api.put('/networks/{id}/policy', { path: { id }, body, version }),
  },
  venue: {
    read: (id, signal) => api.get('/venues/{id}/policy', effective(id, signal)),
    put: (id, body, version) => api.put('/venues/{id}/policy', { path: { id }, body, version }),
  },
  space: {
    read: (id, signal) => api.get('/spaces/{id}/policy', effective(id, signal)),
    put: (id, body, version) => api.put('/spaces/{id}/policy', { path: { id }, body, version }),
  },
}
