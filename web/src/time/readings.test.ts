import { expect, test } from 'vitest'
import { instead, readings, spoken } from './readings'

const ZONE = 'Europe/Ljubljana'

// vitest.config runs this file in several zones of the reader: nothing here may depend on it.
test.each([
  ['2026-11-24', '10:00', ZONE, ['2026-11-24T10:00:00+01:00']],
  ['2026-10-25', '01:59', ZONE, ['2026-10-25T01:59:00+02:00']],
  ['2026-10-25', '02:30', ZONE, ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00']],
  ['2026-10-25', '03:00', ZONE, ['2026-10-25T03:00:00+01:00']],
  ['2026-03-29', '02:30', ZONE, []],
  ['2026-03-29', '03:00', ZONE, ['2026-03-29T03:00:00+02:00']],
  ['2026-04-05', '01:45', 'Australia/Lord_Howe', ['2026-04-05T01:45:00+11:00', '2026-04-05T01:45:00+10:30']],
  ['', '10:00', ZONE, []],
])('%s %s in %s', (date, time, zone, wanted) => expect(readings(date, time, zone)).toEqual(wanted))

test.each([
  ['2026-11-24', '10:00', '', '2026-11-24T10:00'],
  ['2026-10-25', '02:30', '', '2026-10-25T02:30:00+02:00'],
  ['2026-10-25', '02:30', '+01:00', '2026-10-25T02:30:00+01:00'],
  ['2026-10-25', '02:30', '+05:00', '2026-10-25T02:30:00+02:00'],
  ['2026-03-29', '02:30', '+01:00', '2026-03-29T02:30'],
])('%s %s with %s is sent as %s', (date, time, offset, sent) => expect(spoken(date, time, ZONE, offset)).toBe(sent))

test('a skipped time is as long after the change as it would have been', () => {
  expect(instead('2026-03-29', '02:30', ZONE)).toBe('03:30')
})
