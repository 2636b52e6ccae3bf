import { expect, test } from 'vitest'
import { others, payers } from './others'

const by = (id: string, name: string) => ({ organiser: { id: id as never, name } })

test('who reserved is there once, by name, unless they are members', () => {
  const reservations = [by('usr_2', 'Žan'), by('usr_1', 'Ana'), by('usr_2', 'Žan'), by('usr_3', 'Čila')]
  const found = others(reservations, [{ user_id: 'usr_1' as never }])
  expect(found.map((one) => one.name)).toEqual(['Čila', 'Žan'])
})

test('who reserved for an organisation is there once for each of theirs', () => {
  const made = (id: string, name: string, organisation_id: string | null, title: string) => ({
    ...{ organiser: { id: id as never, name, email: `${id}@example.org` }, title },
    organisation_id: organisation_id as never,
  })
  const found = payers([
    made('usr_1', 'Žan', 'org_1', 'Vaja'),
    made('usr_1', 'Žan', 'org_1', 'Koncert'),
    made('usr_1', 'Žan', 'org_2', 'Sejem'),
    made('usr_2', 'Ana', null, 'Zase'),
    { ...made('usr_3', 'Bor', 'org_1', 'Brez naslova'), organiser: { id: 'usr_3' as never, name: 'Bor' } },
  ])
  expect(found.map((one) => `${one.name} ${one.organisation} ${one.title}`)).toEqual([
    'Žan org_1 Koncert',
    'Žan org_2 Sejem',
  ])
})
