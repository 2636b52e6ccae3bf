import { expect, it } from 'vitest'
import { differing, onto, type Line } from './versions'

it('tells only what differs, by its name', () => {
  const theirs: Line[] = [
    ['Ime', 'Kladivo'],
    ['Največ oseb', '8'],
    ['Člani', '10 €'],
    ['Člani', '60 €'],
  ]
  const mine: Line[] = [
    ['Ime', 'Kladivo'],
    ['Največ oseb', '6'],
    ['Člani', '10 €'],
    ['Hišni red', 'Tiho.'],
  ]
  expect(differing(theirs, mine)).toEqual([
    { name: 'Največ oseb', theirs: '8', mine: '6' },
    { name: 'Člani', theirs: '10 €; 60 €', mine: '10 €' },
    { name: 'Hišni red', theirs: '', mine: 'Tiho.' },
  ])
  expect(differing(theirs, theirs)).toEqual([])
})

it('puts what one changed onto what holds now', () => {
  const before = { name: 'Meh', capacity: '6', rules: '' }
  const now = { ...before, capacity: '8' }
  expect(onto(before, now, { ...before, rules: 'Tiho.' })).toEqual({ name: 'Meh', capacity: '8', rules: 'Tiho.' })
  expect(onto(before, now, { ...before, capacity: '10' })).toEqual({ name: 'Meh', capacity: '10', rules: '' })
})
