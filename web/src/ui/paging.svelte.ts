// Lists with cursors: pages are added at the end. `More.svelte` is the button below them.
import { refused, type Refusal } from '../api/refusal'

interface Page<T> {
  items: T[]
  next?: string | null
}

export class Paged<T> {
  items = $state.raw<T[]>([])
  next = $state<string | null>(null)
  busy = $state(false)
  refusal = $state.raw<Refusal | null>(null)
  readonly #read: (cursor: string) => Promise<Page<T>>

  constructor(first: Page<T>, read: (cursor: string) => Promise<Page<T>>) {
    this.items = first.items
    this.next = first.next ?? null
    this.#read = read
  }

  more = async (): Promise<void> => {
    if (this.next === null || this.busy) return
    this.busy = true
    this.refusal = null
    try {
      const page = await this.#read(this.next)
      this.items = [...this.items, ...page.items]
      this.next = page.next ?? null
    } catch (thrown) {
      this.refusal = refused(thrown)
    } finally {
      this.busy = false
    }
  }
}
