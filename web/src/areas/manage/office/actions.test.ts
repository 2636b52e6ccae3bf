import { expect, test } from 'vitest'
import { actionName } from './actions'

test.each([
  ['reservation.cancelled', 'rezervacija: odpovedano'],
  ['space.archived', 'prostor: opuščeno'],
  ['outside_calendar.painted_green', 'zunanji koledar: painted green'],
  ['sealed', 'sealed'],
])('%s', (action, wanted) => expect(actionName(action)).toBe(wanted))
