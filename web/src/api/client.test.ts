import { beforeEach, describe, expect, it, vi } from 'vitest'
import { address, api } from './client'
import { remember } from './memory'
import { Refusal } from './refusal'
import { forget, keep } from './tokens'

const tokens = (access_token: string) => ({ access_token, token_type: 'Bearer', expires_in: 600 })
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
const problem = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) =>
  json(status, { type: '', title: code, status, code, ...more }, headers)

/** Answers in turn, and tells what was asked. */
function answering(...answers: (Response | Error)[]) {
  const asked: { url: string; init: RequestInit; header: (name: string) => string | null }[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push({ url, init, header: (name) => new Headers(init.headers).get(name) })
    const answer = answers.shift() ?? new Error('nobody answers')
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  })
  return asked
}

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
  forget()
})

describe('what is sent', () => {
  it('has an idempotency key, the version and the language', async () => {
    const asked = answering(json(200, {}))
    await api.patch('/me', { body: { name: 'Ana' }, version: 7 })
    expect(asked[0]?.url).toBe('/api/v1/me')
    expect(asked[0]?.header('if-match')).toBe('"7"')
    expect(asked[0]?.header('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
    expect(asked[0]?.header('accept-language')).toBe('sl')
    expect(asked[0]?.init.body).toBe('{"name":"Ana"}')
  })

  it('says below /auth that the cookie is ours, and has no key there', async () => {
    const asked = answering(json(202, { accepted: true }))
    await api.post('/auth/link', { body: { email: 'ana@example.si' } })
    expect([asked[0]?.header('x-prostor-client'), asked[0]?.header('idempotency-key')]).toEqual(['web', null])
  })

  it('fills in paths and leaves out what is not said', () => {
    expect(
      address('/spaces/{id}/availability', { path: { id: 'spc_1/2' }, query: { from: '2026-11-24', q: undefined } }),
    ).toBe('/api/v1/spaces/spc_1%2F2/availability?from=2026-11-24')
  })
})

describe('what is read again and again', () => {
  it('is told only where it changed', async () => {
    const tagged = (body: unknown, etag: string) => json(200, body, { etag })
    const asked = answering(
      tagged({ items: [1] }, 'W/"a"'),
      new Response(null, { status: 304 }),
      tagged({ items: [2] }, 'W/"b"'),
      tagged({ items: [] }, '"7"'),
      tagged({ items: [] }, '"7"'),
    )
    const { signal } = new AbortController()
    const memory = remember(signal)
    const look = () => (memory.round(), api.get('/venues', { signal }))
    const first = await look()
    expect([asked[0]?.header('if-none-match'), memory.changed]).toEqual([null, true])
    expect(await look()).toBe(first)
    expect([asked[1]?.header('if-none-match'), memory.changed]).toEqual(['W/"a"', false])
    expect(await look()).toEqual({ items: [2] })
    expect([asked[2]?.header('if-none-match'), memory.changed]).toEqual(['W/"a"', true])
    await look()
    expect([asked[3]?.header('if-none-match'), memory.changed]).toEqual(['W/"b"', true])
    // A version is no tag of all that is said.
    await look()
    expect([asked[4]?.header('if-none-match'), memory.changed]).toEqual([null, true])
  })
})

describe('what comes back', () => {
  it('is a typed refusal with fields, reasons and alternatives', async () => {
    const errors = [{ pointer: '/title', code: 'too_long', message: 'Predolgo.' }]
    answering(problem(422, 'invalid', { errors, alternatives: [{ space_id: 'spc_1' }] }))
    const refusal = await api.post('/auth/link', { body: { email: '' } }).catch((thrown: unknown) => thrown)
    expect(refusal).toBeInstanceOf(Refusal)
    const { code, status, alternatives } = refusal as Refusal
    expect([code, status, alternatives.length]).toEqual(['invalid', 422, 1])
    expect((refusal as Refusal).field('/title')).toBe('Predolgo.')
    expect((refusal as Refusal).others(['/title'])).toEqual([])
  })

  it('renews a token once, whoever asks, and asks again', async () => {
    keep(tokens('old'))
    const asked = answering(
      ...[problem(401, 'unauthenticated'), problem(401, 'unauthenticated'), json(200, tokens('new'))],
      ...[json(200, { id: 'a' }), json(200, { id: 'b' })],
    )
    const both = await Promise.all([api.get('/me'), api.get('/me')])
    expect(both).toHaveLength(2)
    expect(asked.filter(({ url }) => url.endsWith('/auth/refresh'))).toHaveLength(1)
    expect(asked.at(-1)?.header('authorization')).toBe('Bearer new')
  })

  it('is a refusal where the session is over', async () => {
    keep(tokens('old'))
    answering(problem(401, 'unauthenticated'), problem(401, 'credentials_refused'))
    await expect(api.get('/me')).rejects.toMatchObject({ code: 'unauthenticated' })
    const asked = answering(json(200, {}))
    await api.get('/venues')
    expect(asked.map(({ header }) => header('authorization'))).toEqual([null])
  })

  it('is asked for again, under the same key, when it was busy or lost', async () => {
    const busy = problem(503, 'overloaded', {}, { 'retry-after': '0' })
    const asked = answering(busy, json(200, {}))
    await api.post('/reservations/{id}/cancel', { path: { id: 'rsv_1' } })
    expect(asked[0]?.header('idempotency-key')).toBe(asked[1]?.header('idempotency-key'))
    answering(problem(429, 'rate_limited', {}, { 'retry-after': '30' }))
    await expect(api.get('/venues')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 30 })
    answering(problem(503, 'overloaded', {}, { 'retry-after': '0' }), json(200, {}))
    await expect(api.post('/auth/logout', {})).rejects.toMatchObject({ status: 503 })
  })
})
