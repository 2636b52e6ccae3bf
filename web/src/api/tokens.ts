// Staying signed in. The access token lives in this module's memory alone; the refresh token in a cookie that no
// script reads (the server sets it for requests with `X-Prostor-Client: web` from our own origin).
import type { Tokens } from './openapi.gen'
import { Refusal } from './refusal'

/** Not secret: whether it is worth asking for a session at all, so that visitors cause no such request. */
const HINT = 'prostor.signed-in'
/** Not secret: one signed out where the service could not be told. */
const OWED = 'prostor.sign-out'
/** Milliseconds before its end that a token is renewed. */
const EARLY = 30_000
const TIMEOUT = 15_000

let access: string | null = null
let until = 0
let renewing: Promise<boolean> | null = null
/** How many sessions were over: an answer that was asked for before counts no more. */
let ends = 0
const listeners = new Set<() => void>()

export const AUTH_HEADERS = { 'x-prostor-client': 'web', 'content-type': 'application/json' }

export function keep(tokens: Tokens): void {
  access = tokens.access_token
  until = Date.now() + tokens.expires_in * 1000 - EARLY
  localStorage.setItem(HINT, '1')
  localStorage.removeItem(OWED)
}

/** Forgets the session here and tells whoever listens. */
export function forget(): void {
  access = null
  ends++
  localStorage.removeItem(HINT)
  for (const listener of listeners) listener()
}

/** The service has yet to be told that one signed out: it is told as soon as it can be. */
export const owe = (): void => localStorage.setItem(OWED, '1')
export const owes = (): boolean => localStorage.getItem(OWED) !== null
export const owed = (): void => localStorage.removeItem(OWED)

/** Calls back when the session is over, by signing out here or elsewhere, or because it was ended. */
export function onEnd(listener: () => void): void {
  listeners.add(listener)
}

/** Another tab signed out: its session was this one. */
export function watchOtherTabs(): void {
  addEventListener('storage', (event) => {
    if (event.key === HINT && event.newValue === null) forget()
  })
}

export function maySignIn(): boolean {
  return access !== null || localStorage.getItem(HINT) !== null
}

/** The token to send, renewed where it is about to end; null for visitors. */
export async function bearer(): Promise<string | null> {
  if (access !== null && Date.now() < until) return access
  if (!maySignIn()) return null
  await renew()
  return access
}

/** Gets a new access token; false where there is no session any more. One request at a time, over all tabs. */
export function renew(): Promise<boolean> {
  renewing ??= alone(ask).finally(() => (renewing = null))
  return renewing
}

async function alone(task: () => Promise<boolean>): Promise<boolean> {
  // Not there on plain http.
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks
  return locks ? await locks.request('prostor.refresh', task) : await task()
}

async function ask(): Promise<boolean> {
  const before = ends
  const response = await fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: AUTH_HEADERS,
    body: '{}',
    // Finished even if the page is left meanwhile: the answer's cookie must arrive.
    keepalive: true,
    signal: AbortSignal.timeout(TIMEOUT),
  }).catch(() => {
    throw new Refusal(0, 'unreachable', null)
  })
  if (response.ok) {
    const tokens = (await response.json()) as Tokens
    if (before !== ends) return false
    keep(tokens)
    return true
  }
  // Busy is not signed out.
  if (response.status === 401 || response.status === 403) forget()
  return false
}
