// What is free instead of what was refused: in the space that was asked for, and elsewhere.
import type { AlternativeBody, Space, Venue } from '../api/openapi.gen'

export interface Instead {
  here: AlternativeBody[]
  /** By space, in the order in which they were offered. */
  elsewhere: { space_id: string; slots: AlternativeBody[] }[]
}

/** Each once; all are elsewhere where nobody says which space it is about. */
export function instead(alternatives: readonly AlternativeBody[], space?: string): Instead {
  const seen = new Set<string>()
  const sorted: Instead = { here: [], elsewhere: [] }
  for (const one of alternatives) {
    const name = `${one.space_id} ${Date.parse(one.starts_at)} ${Date.parse(one.ends_at)}`
    if (seen.has(name)) continue
    seen.add(name)
    const other = sorted.elsewhere.find((group) => group.space_id === one.space_id)
    if (one.space_id === space) sorted.here.push(one)
    else if (other) other.slots.push(one)
    else sorted.elsewhere.push({ space_id: one.space_id, slots: [one] })
  }
  return sorted
}

export interface Place {
  name: string
  zone: string
}
interface Reading {
  space: (id: string) => Promise<Pick<Space, 'id' | 'name' | 'venue_id' | 'time_zone'>>
  venue: (id: string) => Promise<Pick<Venue, 'id' | 'name'>>
}

/** Other spaces by id, with their venues where these are others. What can't be read takes nothing from the others. */
export async function placesOf(ids: readonly string[], asked: string | undefined, read: Reading) {
  const [own, others] = await Promise.all([asked ? known([read.space(asked)]) : [], known(ids.map(read.space))])
  const here = own[0]?.venue_id
  const away = new Set(others.map((one) => one.venue_id).filter((id) => id !== here))
  const venues = await known([...away].map(read.venue))
  return new Map(
    others.map((one): [string, Place] => {
      const venue = venues.find(({ id }) => id === one.venue_id)
      return [one.id, { name: venue ? `${one.name}, ${venue.name}` : one.name, zone: one.time_zone }]
    }),
  )
}

async function known<T>(readings: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(readings)
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
