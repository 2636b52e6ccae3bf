// What staff may do with a reservation as it stands: what is not possible is not offered. The API decides anyway.
import type { Money, Reservation } from '../../../api/openapi.gen'
import { epoch } from '../../../time/instants'

export type Action =
  'approve' | 'decline' | 'check_in' | 'check_out' | 'no_show' | 'reinstate' | 'headcount' | 'move' | 'cancel'

/** How long a no-show can be taken back, milliseconds. */
const REGRET = 7 * 86_400_000

export function can(one: Reservation, now = Date.now()): Action[] {
  const [starts, ends] = [epoch(one.starts_at), epoch(one.ends_at)]
  const begun = now >= starts
  const waits = one.status === 'pending' || (one.status === 'confirmed' && !!one.change)
  const stands = one.status === 'confirmed'
  const possible: Record<Action, boolean> = {
    approve: waits,
    decline: waits,
    check_in: stands && now >= epoch(one.check_in.opens_at) && now < ends,
    check_out: one.status === 'checked_in' && begun && now < ends,
    no_show: stands && begun && now < ends,
    reinstate: one.status === 'no_show' && now < ends + REGRET,
    headcount: begun && ['confirmed', 'checked_in', 'completed'].includes(one.status),
    move: ['confirmed', 'pending', 'checked_in'].includes(one.status) && now < ends,
    cancel: ['held', 'confirmed'].includes(one.status) && !begun,
  }
  return (Object.keys(possible) as Action[]).filter((action) => possible[action])
}

/** What is still to be paid for not coming or for a late change; null where nothing was ever owed. */
export function owed(one: Reservation): Money | null {
  const fee = one.cancellation_fee ?? one.change_fee
  if (!fee) return null
  return { currency: fee.currency, minor: Math.max(0, fee.minor - (one.fee_settled?.amount.minor ?? 0)) }
}
