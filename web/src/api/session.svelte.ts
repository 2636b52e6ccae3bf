// Who is signed in here. Pages read `session`; what a role may do is the API's to decide, this only shows or hides.
import { api } from './client'
import type { Account, Tokens } from './openapi.gen'
import { forgetSeen, keepSeen, seen } from './kept'
import { Refusal } from './refusal'
import { forget, keep, maySignIn, onEnd, owe, owed, owes, watchOtherTabs } from './tokens'

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
    addEventListener('online', () => void this.#settle())
    if (!maySignIn()) {
      this.#end()
      return void this.#settle()
    }
    try {
      await this.load()
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      // Unreachable or busy is not signed out: what they saw last can be read.
      const away = thrown.status === 0 || thrown.status === 429 || thrown.status >= 500
      const kept = away ? seen<Account>('me') : null
      if (!kept) return this.#end()
      this.me = kept.value
      this.state = 'in'
      addEventListener('online', () => void this.load().catch(() => undefined), { once: true })
    }
  }

  /** Whether requests to a venue are theirs to answer. */
  decidesFor(venue: string): boolean {
    const { staff_of = [], decides_for = [] } = this.me ?? {}
    return [...staff_of, ...decides_for].some((one) => one.venue_id === venue)
  }

  /** Reads the account (again). */
  async load(): Promise<void> {
    const me = await api.get('/me')
    // One may have signed out meanwhile.
    if (!maySignIn()) return
    // Another person's reservations are not this one's to read.
    if (seen<Account>('me')?.value.id !== me.id) forgetSeen()
    this.me = me
    this.state = 'in'
    keepSeen('me', me)
  }

  /** @throws Refusal: `credentials_refused`, `second_factor_required` with `problem.challenge`. */
  async signIn(way: () => Promise<Tokens>): Promise<void> {
    await this.#settle()
    keep(await way())
    await this.load()
  }

  /** Signs out here at once, with or without a network; whether the service knows it already. */
  signOut(): Promise<boolean> {
    owe()
    forget()
    return this.#settle()
  }

  /** Tells the service that one signed out, where it does not know yet: the cookie is what it goes by. */
  async #settle(): Promise<boolean> {
    if (!owes()) return true
    try {
      await api.post('/auth/logout', { body: {} })
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      // 401 is over already.
      if (thrown.status !== 401) return false
    }
    owed()
    return true
  }

  #end(): void {
    this.me = null
    this.state = 'out'
  }
}

export const session = new Session()
