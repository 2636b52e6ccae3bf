// Which units somebody chose, against how many they want. As many as wanted or none: fewer are not sent, more replace the
// one chosen first.
import type { Space } from '../../api/openapi.gen'
import type { Refusal } from '../../api/refusal'

/** Among which units somebody chooses. */
export interface Choice {
  space: Space
  starts: string
  ends: string
  layout?: string
  organisation?: string
  /** The one that would be changed: `kept` are its own then. */
  reservation?: string
  quantity: number
  /** Those that are kept for them meanwhile. */
  kept: readonly string[]
  /** What was said when what was chosen turned out to be taken. */
  lost: Refusal | null
}

/** After a tap on one of them. */
export function toggled(chosen: readonly string[], unit: string, quantity: number): string[] {
  if (chosen.includes(unit)) return chosen.filter((one) => one !== unit)
  return fitted([...chosen, unit], quantity)
}

/** No more than wanted: those chosen last stay. */
export function fitted(chosen: readonly string[], quantity: number): string[] {
  return quantity > 0 ? chosen.slice(-quantity) : []
}

/** Those chosen, as they are known already where they are the same: so nothing new is asked for. */
export function settled(chosen: readonly string[], known: readonly string[]): string[] {
  const same = chosen.length === known.length && chosen.every((one) => known.includes(one))
  return [...(same ? known : chosen)]
}

/** What is asked for by name; `null`: the service chooses. */
export function asked(chosen: readonly string[], quantity: number): string[] | null {
  return chosen.length > 0 && chosen.length === quantity ? [...chosen] : null
}

export type Look = 'free' | 'taken' | 'chosen' | 'kept'

/** How a unit stands: what one keeps oneself is nobody else's, and what was chosen may be gone. */
export function look(unit: { id: string; free: boolean }, chosen: readonly string[], kept: readonly string[]): Look {
  if (!unit.free && !kept.includes(unit.id)) return 'taken'
  if (chosen.includes(unit.id)) return 'chosen'
  return kept.includes(unit.id) ? 'kept' : 'free'
}
