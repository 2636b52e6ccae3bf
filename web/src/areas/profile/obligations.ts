// What stands against giving up an account, and where each of it is settled.
import type { Obligation } from '../../api/openapi.gen'
import { say } from './messages'

export function settle({ kind, ids }: Pick<Obligation, 'kind' | 'ids'>): { what: string; href: string } {
  const only = ids.length === 1 ? ids[0] : undefined
  switch (kind) {
    case 'reservations':
      return { what: say('open_reservations'), href: only ? `/reservations/${only}` : '/reservations' }
    case 'fees':
      return { what: say('open_fees'), href: only ? `/reservations/${only}` : '/reservations?view=past' }
    case 'organisations':
      return { what: say('open_organisations'), href: only ? `/organisations/${only}` : '/organisations' }
    default:
      return { what: say('open_roles'), href: '/profile' }
  }
}
