import { expect, test } from 'vitest'
import { minor, typed } from './money'

test.each([
  ['12,50', 1250],
  ['12.5', 1250],
  [' 7 ', 700],
  ['0,05', 5],
  ['', null],
  ['12,505', null],
  ['-3', null],
  ['1.000,00', null],
])('%s is %s', (text, wanted) => expect(minor(text)).toBe(wanted))

test.each([
  [1250, '12,50'],
  [700, '7'],
  [5, '0,05'],
])('%i is written %s', (amount, wanted) => expect(typed(amount)).toBe(wanted))
