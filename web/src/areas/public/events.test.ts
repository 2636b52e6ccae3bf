import { expect, test } from 'vitest'
import type { Event } from '../../api/openapi.gen'
import { byDay, safeLink } from './events'

test('events stand under their days, the soonest first', () => {
  const event = (id: string, starts_at: string) => ({ id, starts_at }) as unknown as Event
  const days = byDay([
    event('c', '2026-11-25T09:00:00+01:00'),
    event('b', '2026-11-24T19:00:00+01:00'),
    event('a', '2026-11-24T10:00:00+01:00'),
  ])
  expect(days.map((day) => [day.date, day.events.map((one) => one.id as string)])).toEqual([
    ['2026-11-24', ['a', 'b']],
    ['2026-11-25', ['c']],
  ])
})

test('only addresses of the web are links', () => {
  expect(safeLink('https://layer.si/razstava')).toBe('https://layer.si/razstava')
  for (const other of ['javascript:alert(1)', 'data:text/html,x', '//layer.si', '', null]) {
    expect(safeLink(other)).toBe(null)
  }
})
