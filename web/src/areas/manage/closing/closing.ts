// Closing a space for a part of a day: what it meets before anything is done. Of a whole venue the API tells.
import type { Reservation, Space } from '../../../api/openapi.gen'
import { epoch, type LocalDate, type LocalTime } from '../../../time/instants'
import { readings } from '../../../time/readings'
import { moment } from '../timeline/axis'
import { endOf } from '../timeline/rows'

const STANDING = ['held', 'pending', 'confirmed']

/** Future reservations that lie, wholly or partly, where the space closes. */
export function met(
  reservations: readonly Reservation[],
  space: Space,
  [from, to]: readonly [number, number],
  now = Date.now(),
): Reservation[] {
  const units = new Set(space.units.map((unit) => unit.id))
  return reservations.filter((one) => {
    const here = one.space_id === space.id || one.unit_ids.some((unit) => units.has(unit))
    const ahead = STANDING.includes(one.status) && epoch(one.starts_at) > now
    return here && ahead && epoch(one.starts_at) < to && epoch(endOf(one)) > from
  })
}

/** The moment of a date and time; of one that is there twice, the one with this offset, else the first. */
export function at(date: LocalDate, time: LocalTime, zone: string, offset: string): number {
  const both = readings(date, time, zone)
  const meant = both.find((one) => one.endsWith(offset)) ?? both[0]
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return meant ? epoch(meant) : moment(date, minutes, zone)
}

/** Both days included. */
export const wholeDays = (first: LocalDate, last: LocalDate, zone: string): [number, number] => [
  moment(first, 0, zone),
  moment(last, 1440, zone),
]
