import { expect, it } from 'vitest'
import { language } from '../i18n/language.svelte'
import { fault, type Checked } from './validity'

const checked = (type: string, wrong: Partial<Checked['validity']>, more: Partial<Checked> = {}): Checked => {
  const fine = { valueMissing: false, badInput: false, typeMismatch: false }
  const within = { rangeUnderflow: false, rangeOverflow: false, stepMismatch: false }
  return { type, validationMessage: 'the browser’s own', validity: { ...fine, ...within, ...wrong }, ...more }
}

it('says in the page’s language what is wrong', () => {
  expect(fault(checked('text', { valueMissing: true }))).toBe('Izpolnite to polje.')
  expect(fault(checked('select-one', { valueMissing: true }))).toBe('Izberite eno od možnosti.')
  expect(fault(checked('email', { typeMismatch: true }))).toBe('To ni e-naslov: manjka kaj od ime@domena.si.')
  expect(fault(checked('number', { badInput: true }))).toBe('Vpišite število.')
  expect(fault(checked('number', { rangeUnderflow: true }, { min: '1' }))).toBe('Najmanj 1.')
  expect(fault(checked('number', { rangeOverflow: true }, { max: '80' }))).toBe('Največ 80.')
})

it('says of dates and times before or after what they have to be', () => {
  const early = checked('date', { rangeUnderflow: true }, { min: '2026-11-24' })
  const late = checked('date', { rangeOverflow: true }, { max: '2026-11-24' })
  expect(fault(early)).toBe('Ne pred: torek, 24. november 2026.')
  expect(fault(late)).toBe('Ne po: torek, 24. november 2026.')
  expect(fault(checked('time', { rangeUnderflow: true }, { min: '08:00' }))).toBe('Ne pred: 08:00.')
  language.use('en')
  expect(fault(early)).toMatch(/^Not before Tuesday,? 24 November 2026\.$/)
  expect(fault(late)).toMatch(/^Not after Tuesday,? 24 November 2026\.$/)
  language.use('sl')
})

it('leaves to the browser what it has no words for', () => {
  expect(fault(checked('text', {}))).toBe('the browser’s own')
})
