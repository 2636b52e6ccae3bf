// The day's list: what is going on and to come before what is over, each by its start.
import type { Reservation } from '../../../api/openapi.gen'
import { epoch } from '../../../time/instants'

const GONE = ['declined', 'expired']
const OVER = ['completed', 'no_show', 'cancelled']

export function sorted(reservations: readonly Reservation[], now: number): Reservation[] {
  const over = (one: Reservation) => OVER.includes(one.status) || epoch(one.ends_at) <= now
  return reservations
    .filter((one) => !GONE.includes(one.status))
    .sort((one, other) => Number(over(one)) - Number(over(other)) || epoch(one.starts_at) - epoch(other.starts_at))
}
