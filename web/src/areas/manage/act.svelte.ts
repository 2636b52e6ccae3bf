// Something that is done on a tap: busy meanwhile, refused with its reasons, or done.
import { refused, type Refusal } from '../../api/refusal'

export class Act {
  busy = $state(false)
  refusal = $state.raw<Refusal | null>(null)

  /** Whether it was done; a second tap meanwhile does nothing. */
  run = async (task: () => Promise<void>): Promise<boolean> => {
    if (this.busy) return false
    this.busy = true
    this.refusal = null
    try {
      await task()
      return true
    } catch (thrown) {
      this.refusal = refused(thrown)
      return false
    } finally {
      this.busy = false
    }
  }
}
