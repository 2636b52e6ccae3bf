// Who is signed in here. Pages read `session`; what a role may do is the API's to decide, this only shows or hides.
import { api } from './client'
import type { Account, Tokens } from './openapi.gen'
import { forgetSeen, keepSeen, seen } from './kept'
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
      if (!(thrown instanceof Refusal)) throw thrown
      // Unreachable is not signed out: what they saw last can be read.
      const kept = thrown.status === 0 ? seen<Account>('me') : null
      if (!kept) return this.#end()
      this.me = kept.value
      this.state = 'in'
      addEventListener('online', () => void this.load().catch(() => undefined), { once: true })
    }
  }

  /** Reads the account (again). */
  async load(): Promise<void> {
    const me = await api.get('/me')
    // Another person's reservations are not this one's to read.
    if (seen<Account>('me')?.value.id !== me.id) forgetSeen()
    this.me = me
    this.state = 'in'
    keepSeen('me', me)
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
