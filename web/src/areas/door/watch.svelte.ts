// What the door shows, asked for again and again. Without a connection the last answer stays, and counts on by the
// clock; as soon as there is one again, it is asked for anew.
import { api } from '../../api/client'
import type { Availability, Event, Space } from '../../api/openapi.gen'
import { remember, type Memory } from '../../api/memory'
import { Refusal } from '../../api/refusal'
import { addDays, todayIn } from '../../time/instants'

const EVERY = 30_000
const TICK = 5_000
/** Days to look ahead for the next opening. */
const AHEAD = 4

interface Seen {
  space: Space
  times: Availability
  events: Event[]
  at: number
}

export class Watch {
  seen = $state.raw<Seen | null>(null)
  refusal = $state.raw<Refusal | null>(null)
  now = $state(Date.now())
  readonly #id: string

  constructor(id: string) {
    this.#id = id
  }

  /** Until the returned function is called. */
  begin(): () => void {
    const stop = new AbortController()
    const { signal } = stop
    const memory = remember(signal)
    const look = () => void this.look(signal, memory)
    const timers = [setInterval(look, EVERY), setInterval(() => (this.now = Date.now()), TICK)]
    addEventListener('online', look, { signal })
    addEventListener('offline', () => (this.refusal ??= new Refusal(0, 'unreachable', null)), { signal })
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look(), { signal })
    look()
    return () => {
      stop.abort()
      timers.forEach(clearInterval)
    }
  }

  async look(signal: AbortSignal, memory?: Memory): Promise<void> {
    memory?.round()
    try {
      const path = { id: this.#id }
      const space = await api.get('/spaces/{id}', { path, signal })
      const today = todayIn(space.time_zone)
      const range = { from: today, to: addDays(today, AHEAD), duration_minutes: 30 }
      const [times, events] = await Promise.all([
        api.get('/spaces/{id}/availability', { path, query: range, signal }),
        api.get('/events', {
          query: { space_id: space.id, from: today, to: addDays(today, 1), limit: 200 },
          signal,
        }),
      ])
      const at = Date.now()
      Object.assign(this, { seen: { space, times, events: events.items, at }, refusal: null, now: at })
    } catch (thrown) {
      if (signal.aborted) return
      if (!(thrown instanceof Refusal)) throw thrown
      this.refusal = thrown
    }
  }
}

/** Keeps the screen on where the browser can; it lets go when hidden, so it is asked again. */
export function keepAwake(): () => void {
  const stop = new AbortController()
  const ask = () => {
    // Not there on plain http.
    const lock = (navigator as Partial<Navigator>).wakeLock
    if (document.visibilityState === 'visible') lock?.request('screen').catch(() => undefined)
  }
  document.addEventListener('visibilitychange', ask, { signal: stop.signal })
  ask()
  return () => stop.abort()
}
