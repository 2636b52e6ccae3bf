// Keeps what was loaded up to date while the page is looked at. Quietly: nothing dims, and the same answer changes nothing
// and is not sent again.
import type { Loading } from '../../ui/load.svelte'
import { remember } from '../../api/memory'
import { Refusal } from '../../api/refusal'

const EVERY = 15_000

class Live {
  /** The last answers did not come: what is shown may be old. */
  stale = $state(false)
}

export function live<T>(loading: Loading<T>, read: (signal: AbortSignal) => Promise<T>): Live {
  const state = new Live()
  $effect(() => {
    const stop = new AbortController()
    const memory = remember(stop.signal)
    /** What is shown, where it is what the last look found. */
    let mine: T | null = null
    const look = async () => {
      if (document.hidden || loading.busy || loading.value === null) return
      const before = loading.value
      try {
        memory.round()
        const fresh = await read(stop.signal)
        state.stale = false
        // Whatever was read on purpose meanwhile is newer.
        if (loading.value !== before || (mine === before && !memory.changed)) return
        if (JSON.stringify(fresh) !== JSON.stringify(before)) loading.value = fresh
        mine = loading.value
      } catch (thrown) {
        if (!stop.signal.aborted && thrown instanceof Refusal) state.stale = true
      }
    }
    const timer = setInterval(() => void look(), EVERY)
    const seen = () => void look()
    document.addEventListener('visibilitychange', seen)
    return () => {
      stop.abort()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  })
  return state
}
