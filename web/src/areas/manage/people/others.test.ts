import { expect, test } from 'vitest'
import { others } from './others'

const by = (id: string, name: string) => ({ organiser: { id: id as never, name } })

test('who reserved is there once, by name, unless they are members', () => {
  const reservations = [by('usr_2', 'Žan'), by('usr_1', 'Ana'), by('usr_2', 'Žan'), by('usr_3', 'Čila')]
  const found = others(reservations, [{ user_id: 'usr_1' as never }])
  expect(found.map((one) => one.name)).toEqual(['Čila', 'Žan'])
})
