// Doing it. A venue closes with all its spaces, in one step of the API; a part of a day is a block of one space.
import { api } from '../../../api/client'
import type { BlockPreview, Closure, OnAffected, Reopening, Space } from '../../../api/openapi.gen'
import type { LocalDate } from '../../../time/instants'
import type { House } from '../data'

interface Said {
  reason: string
  on_affected: OnAffected
}
type Dates = readonly [LocalDate, LocalDate]

export async function closeSpace(space: Space, starts_at: string, ends_at: string, said: Said): Promise<void> {
  await api.post('/spaces/{id}/blocks', { path: { id: space.id }, body: { starts_at, ends_at, ...said } })
}

/** What closing a space would meet; nothing is written. */
export const lookAtSpace = (space: Space, starts_at: string, ends_at: string, reason: string): Promise<BlockPreview> =>
  api.post('/spaces/{id}/blocks/preview', { path: { id: space.id }, body: { starts_at, ends_at, reason } })

const body = ([first_date, last_date]: Dates, said: Said) => ({ first_date, last_date, ...said })

/** What closing the house would meet; nothing is written. */
export const lookAt = (house: House, dates: Dates, reason: string): Promise<Closure> =>
  api.post('/venues/{id}/closures/preview', {
    path: { id: house.venue.id },
    body: body(dates, { reason, on_affected: 'refuse' }),
  })

export const closeHouse = (house: House, dates: Dates, said: Said): Promise<Closure> =>
  api.post('/venues/{id}/closures', { path: { id: house.venue.id }, body: body(dates, said) })

/** Undoes that the house is closed on a date, and with it its spaces; what counts again, and what stays as it is. */
export const reopen = (house: House, date: LocalDate): Promise<Reopening> =>
  api.delete('/venues/{id}/closures', {
    path: { id: house.venue.id },
    query: { first_date: date, last_date: date },
  })
