// Whether a reservation may go to another space: where it has begun, it was; a hold is made anew instead.
import type { Reservation } from '../../api/openapi.gen'
import { epoch } from '../../time/instants'

export const goesElsewhere = (
  one: Pick<Reservation, 'status' | 'starts_at' | 'checked_in_at'>,
  now = Date.now(),
): boolean => ['confirmed', 'pending'].includes(one.status) && !one.checked_in_at && now < epoch(one.starts_at)
