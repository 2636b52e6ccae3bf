import { expect, it } from 'vitest'
import type { Availability, Event } from '../../api/openapi.gen'
import { doorAt } from './door'

const at = (time: string, date = '2026-11-24') => `${date}T${time}:00+01:00`
const span = (from: string, to: string) => ({ starts_at: at(from), ends_at: at(to) })
const slot = (from: string, to: string, outcome: 'allow' | 'ask' | 'refuse' = 'allow') => ({
  ...span(from, to),
  units_free: 1,
  outcome,
})

const TIMES: Availability = {
  ...{ space_id: 'spc_1', time_zone: 'Europe/Ljubljana', slot_minutes: 30, duration_minutes: 30, units: 1 },
  days: [
    {
      ...{ date: '2026-11-24', open: [span('08:00', '20:00')] },
      free: [
        { ...span('08:00', '10:00'), units_free: 1 },
        { ...span('12:00', '13:00'), units_free: 1 },
        { ...span('15:00', '20:00'), units_free: 1 },
      ],
      slots: [slot('09:00', '09:30', 'refuse'), slot('09:30', '10:00'), slot('12:00', '12:30', 'ask')],
    },
    {
      ...{ date: '2026-11-25', free: [], slots: [] },
      open: [{ starts_at: at('09:00', '2026-11-25'), ends_at: at('20:00', '2026-11-25') }],
    },
  ],
}
const EVENT = {
  ...{ id: 'rsv_1', title: 'Koncert', space: { id: 'spc_1', name: 'Dvorana' }, demo: false },
  ...{ venue: { id: 'ven_1', name: 'Layer', address: { street: '', postcode: '', city: '', municipality: '' } } },
  ...span('13:30', '15:00'),
} as Event

it.each([
  ['07:00', { state: 'closed', opens: at('08:00') }],
  ['08:00', { state: 'free', until: at('10:00'), units: 1 }],
  ['10:00', { state: 'taken', until: at('12:00'), title: null }],
  ['13:00', { state: 'taken', until: at('15:00'), title: null }],
  ['13:30', { state: 'taken', until: at('15:00'), title: 'Koncert' }],
  ['15:00', { state: 'free', until: at('20:00'), units: 1 }],
  ['20:00', { state: 'closed', opens: at('09:00', '2026-11-25') }],
])('at %s', (time, now) => expect(doorAt(Date.parse(at(time)), TIMES, [EVENT]).now).toEqual(now))

it('tells what comes next today: events by name, the rest as taken', () => {
  const { next } = doorAt(Date.parse(at('09:00')), TIMES, [EVENT])
  expect(next.map((one) => [one.starts_at, one.title])).toEqual([
    [at('10:00'), null],
    [at('13:30'), 'Koncert'],
  ])
  expect(doorAt(Date.parse(at('15:30')), TIMES, [EVENT]).next).toEqual([])
  expect(doorAt(Date.parse(at('09:00')), TIMES, [{ ...EVENT, space: { id: 'spc_2', name: '' } }]).next[1]?.title).toBe(
    null,
  )
})

it.each([
  ['09:01', at('09:30')],
  ['08:30', null],
  ['11:30', at('12:00')],
  ['15:00', null],
])('at %s the next half hour to book is %s', (time, start) =>
  expect(doorAt(Date.parse(at(time)), TIMES, []).bookable?.starts_at ?? null).toBe(start),
)

it('joins what is free of an area of desks, and says how many now', () => {
  const desks = structuredClone(TIMES)
  desks.days = [
    {
      ...{ date: '2026-11-24', open: [span('08:00', '20:00')], slots: [] },
      free: [
        { ...span('08:00', '10:00'), units_free: 3 },
        { ...span('10:00', '20:00'), units_free: 7 },
      ],
    },
  ]
  const door = doorAt(Date.parse(at('09:00')), desks, [])
  expect(door.now).toEqual({ state: 'free', until: at('20:00'), units: 3 })
  expect(doorAt(Date.parse(at('09:00')), TIMES, []).changes).toEqual([])
})

it('tells of an area of desks when more or fewer get free, and when none is', () => {
  const area = structuredClone(TIMES)
  const free = (from: string, to: string, units_free: number) => ({ ...span(from, to), units_free })
  area.units = 9
  area.days = [
    {
      ...{ date: '2026-11-24', open: [span('08:00', '20:00')], slots: [] },
      free: [
        free('08:00', '10:00', 3),
        free('10:00', '11:00', 3),
        free('11:00', '12:00', 7),
        free('13:00', '20:00', 9),
      ],
    },
  ]
  const told = (time: string) =>
    doorAt(Date.parse(at(time)), area, []).changes.map((one) => [one.starts_at.slice(11, 16), one.units])
  expect(told('09:00')).toEqual([
    ['11:00', 7],
    ['12:00', 0],
  ])
  expect(told('12:30')).toEqual([['13:00', 9]])
  expect(told('14:00')).toEqual([])
})

it('does not take the end of what was asked for the end of being free', () => {
  const always = structuredClone(TIMES)
  const whole = (date: string, next: string) => ({
    ...{ date, slots: [], open: [{ starts_at: at('00:00', date), ends_at: at('00:00', next) }] },
    free: [{ starts_at: at('00:00', date), ends_at: at('00:00', next), units_free: 1 }],
  })
  always.days = [whole('2026-11-24', '2026-11-25'), whole('2026-11-25', '2026-11-26')]
  const now = () => doorAt(Date.parse(at('09:00')), always, []).now
  expect(now()).toEqual({ state: 'free', until: null, units: 1 })
  always.days[1] = { ...whole('2026-11-25', '2026-11-26'), free: [] }
  expect(now()).toEqual({ state: 'free', until: at('00:00', '2026-11-25'), units: 1 })
})
