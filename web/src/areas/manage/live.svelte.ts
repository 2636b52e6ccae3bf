// Keeps what was loaded up to date while the page is looked at. Quietly: nothing dims, and the same answer changes nothing.
import type { Loading } from '../../ui/load.svelte'
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
    const look = async () => {
      if (document.hidden || loading.busy || loading.value === null) return
      const before = loading.value
      try {
        const fresh = await read(stop.signal)
        // Whatever was read on purpose meanwhile is newer.
        if (loading.value === before && JSON.stringify(fresh) !== JSON.stringify(before)) loading.value = fresh
        state.stale = false
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
