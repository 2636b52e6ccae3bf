// What a page reads from the API, with its three states; `Loaded.svelte` shows them.
//
//     const spaces = load((signal) => api.get('/spaces', { query: { q }, signal }))
// It reads again when the state that `read` uses synchronously changes, and the answer asked for last counts.
import { refused, type Refusal } from '../api/refusal'

export class Loading<T> {
  /** The last answer; it stays while a newer one is awaited, so that nothing jumps. */
  value = $state.raw<T | null>(null)
  refusal = $state.raw<Refusal | null>(null)
  busy = $state(true)
  readonly #read: (signal: AbortSignal) => Promise<T>
  #current: AbortController | null = null

  constructor(read: (signal: AbortSignal) => Promise<T>) {
    this.#read = read
  }

  again = (): Promise<void> => {
    this.#current?.abort()
    const mine = (this.#current = new AbortController())
    const reading = this.#read(mine.signal)
    this.busy = true
    return reading.then(
      (value) => this.#done(mine, () => ([this.value, this.refusal] = [value, null])),
      (thrown: unknown) => this.#done(mine, () => (this.refusal = refused(thrown))),
    )
  }

  stop(): void {
    this.#current?.abort()
    this.#current = null
  }

  #done(mine: AbortController, keep: () => void): void {
    if (this.#current !== mine) return
    this.busy = false
    keep()
  }
}

/** In a component's script. */
export function load<T>(read: (signal: AbortSignal) => Promise<T>): Loading<T> {
  const loading = new Loading(read)
  $effect(() => {
    void loading.again()
    return () => loading.stop()
  })
  return loading
}
