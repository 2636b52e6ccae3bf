import { expect, it } from 'vitest'
import { asPolicy, asSpace, type Answers } from './making'

const answers: Answers = {
  ...{ kind: 'meeting_room', name: ' Čitalnica ', people: '8', desks: '6', amenities: ['wifi'], description: '' },
  ...{
    which: 'same',
    week: { days: ['mon'], opens: '08:00', closes: '16:00' },
    who: 'all',
    how: 'free',
    price: null,
    vat: 'standard',
  },
}

it('makes a room, desks and equipment of the answers', () => {
  expect(asSpace(answers)).toEqual({
    name: 'Čitalnica',
    kind: 'meeting_room',
    amenities: ['wifi'],
    allocation: 'whole',
    capacity: 8,
  })
  const desks = asSpace({ ...answers, kind: 'desk_area' })
  expect([desks.allocation, desks.capacity, desks.units?.length]).toEqual(['each', 1, 6])
  expect(asSpace({ ...answers, kind: 'equipment', desks: '' })).toMatchObject({ capacity: 0, units: [{ label: '1' }] })
})

it('sets rules only where something is to be different', () => {
  expect(asPolicy('all')).toEqual({})
  expect(asPolicy('ask').public).toEqual({ approval: 'always' })
  expect(asPolicy('staff').public).toEqual({ bookable: false })
})
