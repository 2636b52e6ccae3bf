// Doing it. A venue's dates count for every space that has no hours of its own; those that have get the same dates.
import { api } from '../../../api/client'
import type { OnAffected, Space } from '../../../api/openapi.gen'
import type { LocalDate } from '../../../time/instants'
import type { House } from '../data'
import { daysOf, withExceptions } from './closing'

interface Said {
  reason: string
  on_affected: OnAffected
}

export async function closeSpace(space: Space, starts_at: string, ends_at: string, said: Said): Promise<void> {
  await api.post('/spaces/{id}/blocks', { path: { id: space.id }, body: { starts_at, ends_at, ...said } })
}

export async function closeHouse(
  house: House,
  [first, last]: readonly [LocalDate, LocalDate],
  said: Said,
): Promise<void> {
  const changes = daysOf(first, last).map((date) => ({ date, hours: [], reason: said.reason }))
  const { on_affected } = said
  const spaces = await Promise.all(
    house.spaces.map(async ({ id }) => ({ id, hours: await api.get('/spaces/{id}/opening-hours', { path: { id } }) })),
  )
  const path = { id: house.venue.id }
  const hours = await api.get('/venues/{id}/opening-hours', { path })
  await api.put('/venues/{id}/opening-hours', {
    ...{ path, version: hours.version },
    body: { ...withExceptions(hours, changes), on_affected },
  })
  for (const { id, hours: own } of spaces.filter((one) => !one.hours.inherited)) {
    const body = { ...withExceptions(own, changes), on_affected }
    await api.put('/spaces/{id}/opening-hours', { path: { id }, version: own.version, body })
  }
}

/** Forgets what was said of a date, everywhere. */
export async function reopen(house: House, date: LocalDate): Promise<void> {
  const changes = [{ date, hours: null }]
  for (const { id } of house.spaces) {
    const own = await api.get('/spaces/{id}/opening-hours', { path: { id } })
    if (own.inherited || !own.exceptions.some((one) => one.date === date)) continue
    await api.put('/spaces/{id}/opening-hours', {
      path: { id },
      version: own.version,
      body: withExceptions(own, changes),
    })
  }
  const path = { id: house.venue.id }
  const hours = await api.get('/venues/{id}/opening-hours', { path })
  await api.put('/venues/{id}/opening-hours', { path, version: hours.version, body: withExceptions(hours, changes) })
}
