// One act at a time, with what came of it: forms of the profile share this.
import { refused, type Refusal } from '../../api/refusal'
import { toasts } from '../../ui/toasts.svelte'

export class Doing {
  busy = $state('')
  refusal = $state.raw<Refusal | null>(null)
  /** Which act was refused. */
  refusedAt = $state('')

  /** Tells what was done; true where it was. */
  async act(name: string, task: () => Promise<void>, told = ''): Promise<boolean> {
    if (this.busy) return false
    this.busy = name
    this.refusal = null
    try {
      await task()
      if (told) toasts.tell(told)
      return true
    } catch (thrown) {
      this.refusal = refused(thrown)
      this.refusedAt = name
      return false
    } finally {
      this.busy = ''
    }
  }

  /** The refusal of that act. */
  of(name: string): Refusal | null {
    return this.refusedAt === name ? this.refusal : null
  }
}
