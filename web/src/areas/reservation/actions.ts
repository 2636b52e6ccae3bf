// What can be done about a reservation now. The API decides; this only keeps dead buttons off the page.
import type { Reservation, Space } from '../../api/openapi.gen'
import { epoch } from '../../time/instants'

export interface Actions {
  confirm: boolean
  change: boolean
  extend: boolean
  cancel: boolean
  checkIn: boolean
  checkOut: boolean
  count: boolean
}

export function actions(one: Reservation, space: Pick<Space, 'booked_by'>, now: number): Actions {
  const [starts, ends] = [epoch(one.starts_at), epoch(one.ends_at)]
  const stands = one.status === 'confirmed' || one.status === 'pending' || one.status === 'held'
  const running = one.status === 'confirmed' || one.status === 'checked_in'
  return {
    confirm: one.status === 'held' && now < epoch(one.hold_expires_at ?? one.starts_at),
    change: stands && now < starts,
    extend: running && now < ends && space.booked_by === 'hours' && one.change == null,
    cancel: stands && now < starts,
    checkIn: one.status === 'confirmed' && epoch(one.check_in.opens_at) <= now && now < ends,
    checkOut: one.status === 'checked_in' && starts <= now && now < ends,
    count: now >= starts && ['confirmed', 'checked_in', 'completed'].includes(one.status),
  }
}

/** What cancelling costs now: kept from a change, or because it is late; null where nothing. */
export function cancellingCosts(one: Reservation, now: number): { minor: number; currency: string } | null {
  const late = one.status === 'confirmed' && now > epoch(one.cancel_by) ? one.late_cancellation_fee : null
  const fees = [late, one.kept_fee].filter((fee) => fee != null)
  return fees.sort((one, other) => other.minor - one.minor)[0] ?? null
}

/** The moment so much later, in elapsed time. */
export function later(end: string, minutes: number): string {
  return new Date(epoch(end) + minutes * 60_000).toISOString().replace('.000Z', 'Z')
}

/** Where a map shows an address. */
export const mapOf = (address: { street: string; postcode: string; city: string }): string =>
  `https://www.openstreetmap.org/search?${new URLSearchParams({
    query: `${address.street}, ${address.postcode} ${address.city}`,
  })}`
