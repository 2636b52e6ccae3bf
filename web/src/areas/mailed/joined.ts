// Where an invitation has led one to.
import type { Joined } from '../../api/openapi.gen'

export interface Place {
  kind: 'venue' | 'network' | 'organisation' | 'members'
  name: string
  href: string
}

export function joinedAt(joined: Joined): Place {
  const { organisation, venue_id, venue_name, network_id, network_name, as_member } = joined
  if (organisation) return { kind: 'organisation', name: organisation.name, href: `/organisations/${organisation.id}` }
  if (as_member) return { kind: 'members', name: venue_name ?? network_name ?? '', href: '/' }
  if (venue_id) return { kind: 'venue', name: venue_name ?? '', href: `/manage/${venue_id}` }
  return { kind: 'network', name: network_name ?? '', href: `/coordination/${network_id ?? ''}` }
}
