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

it('keeps a list that only somebody else changed, and takes the own one as a whole', () => {
  const before = { days: ['mon', 'tue'], extras: [{ name: 'Čaj' }], fee: { kind: 'none', percent: 50 } }
  const now = { ...before, days: ['mon'], fee: { kind: 'full', percent: 50 } }
  // A form's lists are copies.
  const mine = { ...structuredClone(before), extras: [{ name: 'Čaj' }, { name: 'Kava' }] }
  expect(onto(before, now, mine)).toEqual({ ...now, extras: mine.extras })
  expect(onto(before, now, { ...mine, days: ['sun'] }).days).toEqual(['sun'])
  expect(onto(before, now, { ...before, fee: { kind: 'none', percent: 20 } }).fee).toEqual({
    ...{ kind: 'full', percent: 20 },
  })
})

it('takes away what one took away, and nothing else', () => {
  interface Shown {
    event?: { description?: string; link?: string }
  }
  const before: Shown = { event: { description: 'Razstava', link: 'https://example.org' } }
  const now: Shown = { event: { ...before.event, description: 'Odprtje' } }
  expect(onto<Shown>(before, now, { event: { description: 'Razstava' } })).toEqual({
    event: { description: 'Odprtje' },
  })
  expect(onto<Shown>(before, now, {})).toEqual({})
  expect(onto<Shown>({}, now, {})).toEqual(now)
})
