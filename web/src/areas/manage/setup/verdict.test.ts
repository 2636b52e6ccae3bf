import { expect, test } from 'vitest'
import type { ReasonBody } from '../../../api/openapi.gen'
import { alone } from './verdict'

const reason = (outcome: string, waived: boolean) => ({ code: 'x', message: 'x', outcome, waived }) as ReasonBody

test.each([
  ['allow', [], 'allow'],
  ['allow', [reason('refuse', true)], 'refuse'],
  ['allow', [reason('ask', true)], 'ask'],
  ['ask', [], 'ask'],
  ['refuse', [reason('ask', false)], 'refuse'],
] as const)('%s with %j', (outcome, reasons, wanted) => expect(alone({ outcome, reasons: [...reasons] })).toBe(wanted))
