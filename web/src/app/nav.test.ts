import { expect, test } from 'vitest'
import { currentOf } from './nav'

test.each([
  ['/', '/', 'page'],
  ['/', '/events', undefined],
  ['/manage', '/manage', 'page'],
  ['/manage', '/manage/ven_1/setup', 'true'],
  ['/reservations', '/reservationsx', undefined],
])('of %s at %s', (href, path, wanted) => expect(currentOf(href, path)).toBe(wanted))
