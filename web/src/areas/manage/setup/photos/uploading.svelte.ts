// Photographs on their way: one after the other, told which; what is refused does not hold up the rest.
import { refused, type Refusal } from '../../../../api/refusal'

/** As large as the API takes them. */
export const MOST_BYTES = 15 * 1024 * 1024

export interface Failure {
  name: string
  /** null: too large to be sent at all. */
  refusal: Refusal | null
}

export class Uploading {
  /** How many are through, of how many; null while nothing is sent. */
  progress = $state.raw<{ done: number; all: number } | null>(null)
  failures = $state.raw<Failure[]>([])
  readonly #send: (file: File) => Promise<unknown>

  constructor(send: (file: File) => Promise<unknown>) {
    this.#send = send
  }

  /** Sends them in their order; how many were added. */
  async run(files: readonly File[]): Promise<number> {
    if (this.progress || files.length === 0) return 0
    this.failures = []
    for (const [done, file] of files.entries()) {
      this.progress = { done, all: files.length }
      const failure = await this.#one(file)
      if (failure) this.failures = [...this.failures, failure]
    }
    this.progress = null
    return files.length - this.failures.length
  }

  async #one(file: File): Promise<Failure | null> {
    if (file.size > MOST_BYTES) return { name: file.name, refusal: null }
    try {
      await this.#send(file)
      return null
    } catch (thrown) {
      return { name: file.name, refusal: refused(thrown) }
    }
  }
}
