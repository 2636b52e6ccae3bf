// What the menu offers, by who is signed in.
import { session } from '../api/session.svelte'
import { say } from './messages'

export interface Entry {
  href: string
  label: string
}

export function entries(): Entry[] {
  const list = [
    { href: '/', label: say('find') },
    { href: '/venues', label: say('venues') },
    { href: '/events', label: say('events') },
  ]
  if (session.state === 'in') {
    list.push({ href: '/reservations', label: say('mine') }, { href: '/profile', label: say('profile') })
  }
  if (session.isStaff) list.push({ href: '/manage', label: say('manage') })
  if (session.isCoordinator || session.me?.administrator) {
    list.push({ href: '/coordination', label: say('coordination') })
  }
  if (session.isCoordinator || session.isStaff || session.me?.administrator) {
    list.push({ href: '/statistics', label: say('statistics') })
  }
  return list
}

/** Whether an entry leads here (`page`), or one is further in (`true`). */
export function currentOf(href: string, path: string): 'page' | 'true' | undefined {
  if (path === href) return 'page'
  return href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined
}
