// A reservation with its place, for who is signed in or by the link of a mail.
import { api } from '../../api/client'
import type { Reservation, Space, Venue } from '../../api/openapi.gen'

export interface Shown {
  reservation: Reservation
  space: Space
  venue: Venue
}

export async function shown(id: string, token: string, signal: AbortSignal): Promise<Shown> {
  const reservation = token
    ? await api.post('/manage', { body: { token }, signal })
    : await api.get('/reservations/{id}', { path: { id }, signal })
  const [space, venue] = await Promise.all([
    api.get('/spaces/{id}', { path: { id: reservation.space_id }, signal }),
    api.get('/venues/{id}', { path: { id: reservation.venue_id }, signal }),
  ])
  return { reservation, space, venue }
}
