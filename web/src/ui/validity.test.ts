import { expect, it } from 'vitest'
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
  expect(fault(checked('date', { rangeUnderflow: true }, { min: '2026-11-24' }))).toBe(
    'Najmanj torek, 24. november 2026.',
  )
})

it('leaves to the browser what it has no words for', () => {
  expect(fault(checked('text', {}))).toBe('the browser’s own')
})
