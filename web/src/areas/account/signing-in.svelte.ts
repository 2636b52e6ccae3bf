// The steps of signing in: an address, then a code, a link or a password, then perhaps a second factor.
import { api } from '../../api/client'
import type { Tokens } from '../../api/openapi.gen'
import { Refusal, refused } from '../../api/refusal'
import { session } from '../../api/session.svelte'
import { say } from './messages'

export type Step = 'ask' | 'code' | 'second' | 'link'

export class SigningIn {
  step = $state<Step>('ask')
  /** The code awaited proves the address of a new account. */
  isNew = $state(false)
  email = $state('')
  busy = $state(false)
  /** What to show above the form. */
  trouble = $state('')
  refusal = $state.raw<Refusal | null>(null)
  #challenge = ''
  readonly #done: () => Promise<void>

  constructor(done: () => Promise<void>) {
    this.#done = done
  }

  askForMail = () =>
    this.#try(async () => {
      await api.post('/auth/link', { body: { email: this.email } })
      ;[this.step, this.isNew] = ['code', false]
    })

  register = (name: string, locale: 'sl' | 'en') =>
    this.#try(async () => {
      await api.post('/auth/register', { body: { email: this.email, name, locale } })
      ;[this.step, this.isNew] = ['code', true]
    })

  /** The name counts where the address is proved by it: somebody else may have registered it before. */
  byCode = (code: string, name = '') =>
    this.#enter(() => {
      const body = { email: this.email, code: code.trim(), ...given({ name }) }
      return api.post('/auth/link/redeem', { body })
    }, 'refused_code')

  byLink = (token: string, own = { name: '', password: '' }) =>
    this.#enter(() => api.post('/auth/link/redeem', { body: { token, ...given(own) } }), 'refused_link')

  byPassword = (password: string) =>
    this.#enter(() => api.post('/auth/login', { body: { email: this.email, password } }), 'refused_password')

  secondStep = (code: string) =>
    this.#enter(
      () => api.post('/auth/second-factor/verify', { body: { challenge: this.#challenge, code: code.trim() } }),
      'refused_code',
    )

  #enter(way: () => Promise<Tokens>, wrong: 'refused_code' | 'refused_link' | 'refused_password'): Promise<void> {
    return this.#try(async () => {
      try {
        await session.signIn(way)
      } catch (thrown) {
        const refusal = refused(thrown)
        if (refusal.code === 'second_factor_required' && refusal.problem?.challenge) {
          this.#challenge = refusal.problem.challenge
          this.step = 'second'
          return
        }
        if (refusal.code !== 'credentials_refused') throw refusal
        if (wrong === 'refused_link') this.step = 'ask'
        this.trouble = say(wrong)
        return
      }
      await this.#done()
    })
  }

  async #try(task: () => Promise<void>): Promise<void> {
    this.busy = true
    this.trouble = ''
    this.refusal = null
    try {
      await task()
    } catch (thrown) {
      this.refusal = refused(thrown)
    } finally {
      this.busy = false
    }
  }
}

/** What is not empty. */
function given<T extends Record<string, string>>(fields: T): Partial<T> {
  const said = Object.entries(fields).map(([name, text]) => [name, name === 'password' ? text : text.trim()] as const)
  return Object.fromEntries(said.filter(([, text]) => text !== '')) as Partial<T>
}
