import { expect, it } from 'vitest'
import type { Joined } from '../../api/openapi.gen'
import { joinedAt } from './joined'

const of = (joined: object) => joinedAt(joined as Joined)
it.each([
  [{ organisation: { id: 'org_1', name: 'Zbor' } }, 'organisation', '/organisations/org_1'],
  [{ venue_id: 'ven_1', venue_name: 'Layer', staff: {} }, 'venue', '/manage/ven_1'],
  [{ venue_id: 'ven_1', venue_name: 'Layer', staff: {}, as_member: true }, 'members', '/'],
  [{ network_id: 'net_1', network_name: 'Gorenjska', staff: {} }, 'network', '/coordination/net_1'],
])('%j leads on', (joined, kind, href) => expect(of(joined)).toMatchObject({ kind, href }))
