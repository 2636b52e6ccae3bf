// What is free instead of what was refused: in the space that was asked for, and elsewhere.
import type { AlternativeBody } from '../api/openapi.gen'

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
