// Signing out: at once and whole, with a network or without.
import { beforeEach, expect, it, vi } from 'vitest'
import { keepSeen, seen } from './kept'
import { session } from './session.svelte'
import { bearer, keep, maySignIn } from './tokens'

const store: Record<string, string> = {}
const online: (() => void)[] = []
let asked: string[] = []
let network = true

/** Every address is answered, or none. */
function answer(url: string): Promise<Response> {
  asked.push(url.replace('/api/v1', ''))
  if (!network) return Promise.reject(new TypeError('offline'))
  if (url.endsWith('/logout')) return Promise.resolve(new Response(null, { status: 204 }))
  return Promise.resolve(Response.json({ id: 'usr_1', name: 'Ana', staff_of: [], decides_for: [], coordinates: [] }))
}

beforeEach(() => {
  for (const key of Object.keys(store)) Reflect.deleteProperty(store, key)
  const methods = {
    getItem: (key: string) => store[key] ?? null,
    setItem: (key: string, value: string) => void (store[key] = value),
    removeItem: (key: string) => void Reflect.deleteProperty(store, key),
  }
  vi.stubGlobal(
    'localStorage',
    new Proxy(store, { get: (of, key: string) => methods[key as keyof typeof methods] ?? of[key] }),
  )
  vi.stubGlobal('fetch', answer)
  vi.stubGlobal('addEventListener', (name: string, listener: () => void) => {
    if (name === 'online') online.push(listener)
  })
  ;[asked, network] = [[], true]
})

const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 600 } as const
async function signedIn(): Promise<void> {
  await session.signIn(() => Promise.resolve({ ...tokens }))
  keepSeen('reservations', [{ title: 'Vaja' }])
  expect([session.state, seen('me') !== null]).toEqual(['in', true])
}

it('is over here and there', async () => {
  await session.begin()
  await signedIn()
  expect(await session.signOut()).toBe(true)
  expect([session.state, session.me, store]).toEqual(['out', null, {}])
})

it('is over here at once without a network, and there as soon as there is one', async () => {
  await signedIn()
  network = false
  const known = session.signOut()
  expect([session.state, maySignIn(), Object.keys(store)]).toEqual(['out', false, ['prostor.sign-out']])
  expect(await known).toBe(false)
  expect(await bearer()).toBe(null)

  network = true
  asked = []
  online.forEach((listener) => listener())
  await vi.waitFor(() => expect(store).toEqual({}))
  expect(asked).toContain('/auth/logout')
})

it('ends the session before, not the next one', async () => {
  keep({ ...tokens })
  network = false
  await session.signOut()
  network = true
  asked = []
  await signedIn()
  expect(asked.slice(0, 2)).toEqual(['/auth/logout', '/me'])
  expect(Object.keys(store).sort()).toEqual(['prostor.kept.me', 'prostor.kept.reservations', 'prostor.signed-in'])
})

it('leaves nothing of an answer that comes late', async () => {
  await signedIn()
  const late = session.load()
  await session.signOut()
  await late
  expect([session.state, session.me, seen('me')]).toEqual(['out', null, null])
})
