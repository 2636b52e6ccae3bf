// What can be read without a network: one's account and one's reservations as they were last seen. It stays in this
// browser until one signs out, here or in another tab, or the session is over.
import { maySignIn, onEnd } from './tokens'

const PREFIX = 'prostor.kept.'
export interface Kept<T> {
  value: T
  /** When it was seen, milliseconds since 1970. */
  at: number
}

export function keepSeen(name: string, value: unknown): void {
  // An answer that comes after signing out.
  if (!maySignIn()) return
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ value, at: Date.now() }))
  } catch {
    // Full, or not allowed: then it can't be read without a network, no more.
  }
}

export function seen<T>(name: string): Kept<T> | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') as Kept<T> | null
  } catch {
    return null
  }
}

export function forgetSeen(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
}

/** What is of this browser rather than of whoever used it. */
const STAYS = ['prostor.theme', 'prostor.language', 'prostor.sign-out']
onEnd(() => {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('prostor.') && !STAYS.includes(key)) localStorage.removeItem(key)
  }
})
