import { expect, it } from 'vitest'
import { differing, type Line } from './versions'

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
