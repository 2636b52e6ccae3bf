// Which starts of a day are shown: full hours, unless somebody wants them all or there are only others.
import type { SlotView } from '../../api/openapi.gen'
import { timeOf } from '../../time/instants'

export function shown(slots: readonly SlotView[], all: boolean): SlotView[] {
  const bookable = slots.filter((slot) => slot.outcome !== 'refuse')
  if (all) return bookable
  const full = bookable.filter((slot) => timeOf(slot.starts_at).endsWith(':00'))
  return full.length > 0 ? full : bookable
}
