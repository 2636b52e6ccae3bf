// What demand says of those who were turned away: that it is hidden, that there were none, or how many, with the
// reasons where these may be told.
import type { ReasonCount, TurnAways } from '../../api/openapi.gen'

export type Turned =
  { told: 'hidden' } | { told: 'nobody' } | { told: 'counted'; value: number; reasons: ReasonCount[] | null }

export function turned({ suppressed, value, reasons }: TurnAways): Turned {
  if (suppressed || value === null || value === undefined) return { told: 'hidden' }
  if (value === 0) return { told: 'nobody' }
  return { told: 'counted', value, reasons: reasons && reasons.length > 0 ? reasons : null }
}
