// Saving a setting: what meets reservations is asked, what somebody else changed meanwhile is shown beside one's own.
import type { OnAffected } from '../../../api/openapi.gen'
import { toasts } from '../../../ui/toasts.svelte'
import { Act } from '../act.svelte'
import { say } from './messages'

export class Saving {
  readonly act = new Act()
  readonly #send: (on_affected: OnAffected) => Promise<unknown>
  readonly #done: () => Promise<unknown>

  constructor(send: (on_affected: OnAffected) => Promise<unknown>, done: () => Promise<unknown>) {
    this.#send = send
    this.#done = done
  }

  save = async (on_affected: OnAffected = 'refuse'): Promise<void> => {
    const done = await this.act.run(async () => void (await this.#send(on_affected)))
    if (!done) return
    toasts.tell(say('saved'))
    await this.#done()
  }

  submit = (event: SubmitEvent): void => {
    event.preventDefault()
    void this.save()
  }
}
