// What was read with one signal, again and again: the API is told the tags of its answers, and need not say the same
// twice (`If-None-Match`, 304). A tag is of all that was said, so whatever changed comes anew, whoever reads by then.
interface Known {
  tag: string
  body: unknown
}

const memories = new WeakMap<AbortSignal, Memory>()

export class Memory {
  /** Whether anything of this round might be new. */
  changed = false
  #before = new Map<string, Known>()
  #now = new Map<string, Known>()

  /** One more look: what it does not ask for is forgotten with the next. */
  round(): void {
    this.#before = this.#now
    this.#now = new Map()
    this.changed = false
  }

  of(url: string): Known | undefined {
    return this.#now.get(url) ?? this.#before.get(url)
  }

  /** An answer to this address; only weak tags are of all that is said, others are versions. */
  keep(url: string, tag: string | null, body: unknown): void {
    this.changed = true
    if (tag?.startsWith('W/')) this.#now.set(url, { tag, body })
  }

  again(url: string, known: Known): unknown {
    this.#now.set(url, known)
    return known.body
  }
}

/** From now on, what is read with this signal is remembered. */
export function remember(signal: AbortSignal): Memory {
  const memory = new Memory()
  memories.set(signal, memory)
  return memory
}

export const memoryOf = (signal: AbortSignal | undefined): Memory | undefined => signal && memories.get(signal)
