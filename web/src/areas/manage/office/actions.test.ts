import { expect, test } from 'vitest'
import { actionName } from './actions'

test.each([
  ['reservation.cancelled', 'rezervacija: odpovedano'],
  ['space.archived', 'prostor: umaknjeno'],
  ['outside_calendar.subscribed', 'outside calendar: subscribed'],
  ['sealed', 'sealed'],
])('%s', (action, wanted) => expect(actionName(action)).toBe(wanted))
