import { expect, test } from 'vitest'
import type { WaitingEntry } from '../../api/openapi.gen'
import { sorted } from './order'

test('offers first, then what one waits for, the soonest first, then what is over', () => {
  const entry = (id: string, state: string, from: string) => ({ id, state, from: `2026-${from}T08:00:00+01:00` })
  const entries = [
    entry('over 1', 'over', '11-01'),
    entry('over 2', 'over', '11-20'),
    entry('late', 'waiting', '12-20'),
    entry('soon', 'waiting', '12-01'),
    entry('offer', 'offered', '12-24'),
  ] as unknown as WaitingEntry[]
  expect(sorted(entries).map((one) => one.id as string)).toEqual(['offer', 'soon', 'late', 'over 2', 'over 1'])
})
