// What is wrong with what was typed, in the page's language; browsers say it in their own.
import * as format from '../i18n/format'
import { say } from './messages'

type Faults = Pick<
  ValidityState,
  'valueMissing' | 'badInput' | 'typeMismatch' | 'rangeUnderflow' | 'rangeOverflow' | 'stepMismatch'
>
export interface Checked {
  type: string
  min?: string
  max?: string
  validationMessage: string
  validity: Faults
}

const isTime = (type: string): boolean => type === 'date' || type === 'time'
const shown = (limit: string, type: string): string => (type === 'date' ? format.date(limit) : limit)

export function fault({ type, min = '', max = '', validity, validationMessage }: Checked): string {
  if (validity.valueMissing) return say(type.startsWith('select') ? 'choose_one' : 'fill_in')
  if (validity.badInput) return say(type === 'number' ? 'no_number' : 'not_whole')
  if (validity.typeMismatch && type === 'email') return say('no_address')
  if (validity.rangeUnderflow) return say(isTime(type) ? 'not_before' : 'at_least', { limit: shown(min, type) })
  if (validity.rangeOverflow) return say(isTime(type) ? 'not_after' : 'at_most', { limit: shown(max, type) })
  if (validity.stepMismatch) return say(type === 'number' ? 'whole_number' : 'off_step')
  return validationMessage
}
