import { beforeEach, expect, test } from 'vitest'
import { language } from '../../i18n/language.svelte'
import { lasting } from '../stays/words'
import { slot, within } from './words'

const at = (booked_by: 'hours' | 'days' | 'nights') => ({
  ...{ booked_by, time_zone: 'Europe/Ljubljana' },
  ...(booked_by === 'nights' ? { arrival: '15:00', departure: '10:00' } : {}),
})
const range = { from: '2026-11-24T00:00:00+01:00', to: '2026-11-28T00:00:00+01:00' }
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, ' ')

beforeEach(() => language.use('sl'))

test.each([
  ['nights', 4320, '3 noči'],
  ['nights', 2880, '2 noči'],
  ['days', 2880, '2 dneva'],
  ['days', 1440, '1 dan'],
  ['hours', 150, '2 h 30 min'],
] as const)('by %s, %i minutes are %s', (by, minutes, wanted) => expect(lasting(minutes, by)).toBe(wanted))

test('of days and nights the range is told by its dates, the last one included', () => {
  expect(plain(within(range, at('nights')))).toBe('Kadar koli med: 24.–27. nov. 2026')
  const until = { ...range, to: '2026-11-27T10:00:00+01:00' }
  expect(plain(within(until, at('nights')))).toBe('Kadar koli med: 24.–27. nov. 2026')
  expect(plain(within(until, at('hours')))).toBe('Kadar koli med: tor., 24. nov. 00:00 – pet., 27. nov. 10:00')
})

test('an offer is told as a reservation is', () => {
  const offer = { starts_at: '2026-11-24T15:00:00+01:00', ends_at: '2026-11-27T10:00:00+01:00' }
  expect(plain(slot(offer, at('nights')))).toBe('torek, 24. november 2026 – petek, 27. november 2026')
  const short = { ...offer, ends_at: '2026-11-24T17:00:00+01:00' }
  expect(plain(slot(short, at('hours')))).toBe('tor., 24. nov., 15:00–17:00')
})
