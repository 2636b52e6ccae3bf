// One's reservations with the names of their spaces, by day.
import { all } from '../../api/all'
import { api } from '../../api/client'
import { keepSeen, seen } from '../../api/kept'
import type { Reservation } from '../../api/openapi.gen'
import { refused } from '../../api/refusal'
import { addDays, dateOf, epoch, todayIn, type LocalDate } from '../../time/instants'

const ZONE = 'Europe/Ljubljana'
/** How far back and ahead, days. */
const [BACK, AHEAD] = [180, 400]
const UPCOMING = 'held,pending,confirmed,checked_in'

export interface Place {
  space: string
  venue: string
  zone: string
}
export interface Day {
  date: LocalDate
  reservations: Reservation[]
}

export async function read(view: 'upcoming' | 'past', signal: AbortSignal): Promise<Reservation[]> {
  const today = todayIn(ZONE)
  const query =
    view === 'upcoming'
      ? { mine: true, from: today, to: addDays(today, AHEAD), status: UPCOMING }
      : { mine: true, from: addDays(today, -BACK), to: addDays(today, 1) }
  const listed = await all((page) => api.get('/reservations', { query: { ...query, ...page }, signal }))
  const over = (one: Reservation) => epoch(one.ends_at) <= Date.now() || !UPCOMING.split(',').includes(one.status)
  const wanted = listed.filter((one) => over(one) === (view === 'past'))
  const sign = view === 'past' ? -1 : 1
  return wanted.sort((one, other) => sign * (epoch(one.starts_at) - epoch(other.starts_at)))
}

export async function places(reservations: readonly Reservation[], signal: AbortSignal): Promise<Map<string, Place>> {
  const ids = [...new Set(reservations.map((one) => one.space_id))]
  const venues = await all((page) => api.get('/venues', { query: page, signal }))
  const spaces = await Promise.all(ids.map((id) => api.get('/spaces/{id}', { path: { id }, signal })))
  const name = (id: string) => venues.find((venue) => venue.id === id)?.name ?? ''
  return new Map(
    spaces.map((one) => [one.id, { space: one.name, venue: name(one.venue_id), zone: one.time_zone }] as const),
  )
}

export function byDay(reservations: readonly Reservation[]): Day[] {
  const days: Day[] = []
  for (const one of reservations) {
    const date = dateOf(one.starts_at)
    const last = days.at(-1)
    if (last?.date === date) last.reservations.push(one)
    else days.push({ date, reservations: [one] })
  }
  return days
}

export interface Listed {
  days: Day[]
  places: Map<string, Place>
  /** When it was seen, where there is no network now; else null. */
  seenAt: number | null
}

/** One's reservations; without a network those that are ahead, as they were seen last. */
export async function readOrSeen(view: 'upcoming' | 'past', signal: AbortSignal): Promise<Listed> {
  try {
    const reservations = await read(view, signal)
    const found = await places(reservations, signal)
    if (view === 'upcoming') keepSeen('reservations', { reservations, places: [...found] })
    return { days: byDay(reservations), places: found, seenAt: null }
  } catch (thrown) {
    const refusal = refused(thrown)
    const kept = seen<{ reservations: Reservation[]; places: [string, Place][] }>('reservations')
    if (refusal.status !== 0 || view === 'past' || !kept) throw refusal
    const ahead = kept.value.reservations.filter((one) => epoch(one.ends_at) > Date.now())
    return { days: byDay(ahead), places: new Map(kept.value.places), seenAt: kept.at }
  }
}
