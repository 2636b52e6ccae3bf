import { expect, test } from 'vitest'
import { clock, passed, secondsLeft } from './countdown'

test('what is left is told as a clock does', () => {
  expect([600, 599, 61, 60, 9, 0].map(clock)).toEqual(['10:00', '9:59', '1:01', '1:00', '0:09', '0:00'])
  expect([secondsLeft(10_000, 0), secondsLeft(10_000, 9_001), secondsLeft(10_000, 11_000)]).toEqual([10, 1, 0])
})

test('it is said aloud seldom, and once where the timer was late', () => {
  const looks = Array.from({ length: 601 }, (_, at) => 600 - at)
  const said = looks.map((now, at) => passed(looks[at - 1] ?? 601, now)).filter((mark) => mark !== null)
  expect(said).toEqual([300, 120, 60, 20])
  expect(passed(400, 50)).toBe(60)
  expect(passed(50, 49)).toBe(null)
})
