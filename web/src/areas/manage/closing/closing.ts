// Closing: what it meets before anything is done, and the opening hours as they are to be put with it.
import type { HoursException, NewHours, OpeningHours, Reservation, Space } from '../../../api/openapi.gen'
import { addDays, epoch, type LocalDate } from '../../../time/instants'
import { moment } from '../timeline/axis'
import { endOf } from '../timeline/rows'

const STANDING = ['held', 'pending', 'confirmed']

/** Future reservations that lie, wholly or partly, where it closes. `space` null is the whole venue. */
export function met(
  reservations: readonly Reservation[],
  space: Space | null,
  [from, to]: readonly [number, number],
  now = Date.now(),
): Reservation[] {
  const units = new Set(space?.units.map((unit) => unit.id) ?? [])
  return reservations.filter((one) => {
    const here = space === null || one.space_id === space.id || one.unit_ids.some((unit) => units.has(unit))
    const ahead = STANDING.includes(one.status) && epoch(one.starts_at) > now
    return here && ahead && epoch(one.starts_at) < to && epoch(endOf(one)) > from
  })
}

export const daysOf = (first: LocalDate, last: LocalDate): LocalDate[] => {
  const days: LocalDate[] = []
  for (let day = first; day <= last && days.length < 366; day = addDays(day, 1)) days.push(day)
  return days
}

/** Both days included. */
export const wholeDays = (first: LocalDate, last: LocalDate, zone: string): [number, number] => [
  moment(first, 0, zone),
  moment(last, 1440, zone),
]

/**
 * The hours with some dates changed (`hours: null` forgets what was said of a date). What begins to count later must
 * stay, so the last of the versions is put again, and earlier dates are only named.
 */
export function withExceptions(
  hours: OpeningHours,
  changes: readonly { date: LocalDate; hours: HoursException['hours'] | null; reason?: string | null }[],
): NewHours {
  const last = hours.versions.at(-1)
  const { weekly, seasons, holidays } = last ?? hours
  const changed = new Map(changes.map((one) => [one.date, one]))
  const kept = hours.exceptions.filter((one) => !changed.has(one.date))
  const added = changes.flatMap(({ date, hours: open, reason }) =>
    open === null ? [] : [{ date, hours: open, reason: reason ?? null }],
  )
  return {
    ...{ weekly, seasons, holidays },
    exceptions: [...kept, ...added].sort((one, other) => one.date.localeCompare(other.date)),
    ...(last ? { valid_from: last.valid_from } : {}),
  }
}

/** Whether a date before the last version can be opened again: it can only be named, not left out. */
export const removable = (hours: OpeningHours, date: LocalDate): boolean => {
  const last = hours.versions.at(-1)
  return !last || date >= last.valid_from
}
