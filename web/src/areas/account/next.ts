// Where somebody who asked for a mail came from: its link opens another tab, which goes on there, once.
import { ours } from '../../app/router.svelte'

const KEY = 'prostor.next'
/** As long as a link is good, milliseconds. */
const GOOD = 600_000

export function remember(path: string): void {
  localStorage.setItem(KEY, JSON.stringify({ path, until: Date.now() + GOOD }))
}

export function recall(): string {
  const kept = localStorage.getItem(KEY)
  localStorage.removeItem(KEY)
  const { path = '/', until = 0 } = JSON.parse(kept ?? '{}') as { path?: string; until?: number }
  return until > Date.now() ? ours(path) : '/'
}
