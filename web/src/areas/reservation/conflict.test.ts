import { expect, test } from 'vitest'
import { bodyOf, nothing } from '../wishes/wanted'
import { differences, mineOnto, type Version } from './conflict'

const times = { starts_at: '2026-11-24T10:00:00+01:00', ends_at: '2026-11-24T12:00:00+01:00', space_id: 'spc_1' }
const base: Version = { ...bodyOf(nothing('4'), 'Sestanek'), ...times }
const theirs: Version = { ...base, title: 'Kolegij', attendees: 8 }
const mine: Version = { ...base, title: 'Zbor', notes: 'Prosim ključ' }

test('both versions are told apart, and what both changed', () => {
  expect(differences(base, theirs, mine)).toEqual([
    { field: 'title', both: true },
    { field: 'attendees', both: false },
    { field: 'notes', both: false },
  ])
  expect(differences(base, base, base)).toEqual([])
})

test('mine goes onto theirs, and nothing that I left alone', () => {
  const both = mineOnto(base, theirs, mine)
  expect([both.title, both.attendees, both.notes]).toEqual(['Zbor', 8, 'Prosim ključ'])
})

test('who chose no units leaves those that stand there; who did asks for them', () => {
  const of = (unit: string) => ({ unit_ids: [unit] as never })
  const [before, moved] = [
    { ...base, ...of('a') },
    { ...base, ...of('b') },
  ]
  expect(differences(before, moved, base)).toEqual([])
  expect(mineOnto(before, moved, { ...base, title: 'Zbor' }).unit_ids).toEqual(['b'])
  expect(differences(before, moved, { ...base, ...of('c') })).toEqual([{ field: 'unit_ids', both: true }])
  expect(mineOnto(before, moved, { ...base, ...of('c') }).unit_ids).toEqual(['c'])
})
