// Who is signed in here. Pages read `session`; what a role may do is the API's to decide, this only shows or hides.
import { api } from './client'
import type { Account, Tokens } from './openapi.gen'
import { Refusal } from './refusal'
import { forget, keep, maySignIn, onEnd, watchOtherTabs } from './tokens'

type State = 'unknown' | 'in' | 'out'

class Session {
  state = $state<State>('unknown')
  me = $state.raw<Account | null>(null)
  isStaff = $derived(this.me !== null && (this.me.staff_of.length > 0 || this.me.decides_for.length > 0))
  isCoordinator = $derived(this.me !== null && this.me.coordinates.length > 0)

  /** Looks once whether somebody was signed in before. */
  async begin(): Promise<void> {
    onEnd(() => this.#end())
    watchOtherTabs()
    if (!maySignIn()) return this.#end()
    try {
      await this.load()
    } catch (thrown) {
      // Unreachable is not signed out, but nothing of theirs can be shown either.
      if (!(thrown instanceof Refusal)) throw thrown
      this.#end()
    }
  }

  /** Reads the account (again). */
  async load(): Promise<void> {
    this.me = await api.get('/me')
    this.state = 'in'
  }

  /** @throws Refusal: `credentials_refused`, `second_factor_required` with `problem.challenge`. */
  async signIn(way: () => Promise<Tokens>): Promise<void> {
    keep(await way())
    await this.load()
  }

  /** Signs out here; the cookie goes even where the session was over already. */
  async signOut(): Promise<void> {
    try {
      await api.post('/auth/logout', { body: {} })
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || thrown.status !== 401) throw thrown
    }
    forget()
  }

  #end(): void {
    this.me = null
    this.state = 'out'
  }
}

export const session = new Session()
