import { expect, test } from 'vitest'
import { goesElsewhere } from './elsewhere'

const starts_at = '2026-11-24T10:00:00+01:00'
test.each([
  ['confirmed', '09:59', true],
  ['pending', '09:59', true],
  ['confirmed', '10:00', false],
  ['held', '09:59', false],
  ['checked_in', '09:59', false],
  ['cancelled', '09:59', false],
] as const)('%s at %s: %s', (status, time, wanted) => {
  const now = Date.parse(`2026-11-24T${time}:00+01:00`)
  expect(goesElsewhere({ status, starts_at, checked_in_at: null }, now)).toBe(wanted)
})
