// What has to be answered comes first, then what one still waits for, then what is over, the latest first.
import type { WaitingEntry, WaitingState } from '../../api/openapi.gen'

const RANK: Record<WaitingState, number> = { offered: 0, waiting: 1, taken: 2, over: 3 }

export function sorted(entries: readonly WaitingEntry[]): WaitingEntry[] {
  return entries.toSorted((one, other) => {
    const rank = RANK[one.state] - RANK[other.state]
    const time = Date.parse(one.from) - Date.parse(other.from)
    return rank || (RANK[one.state] < 2 ? time : -time)
  })
}
