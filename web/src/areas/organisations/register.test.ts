import { expect, test } from 'vitest'
import type { Organisation } from '../../api/openapi.gen'
import { blank, bodyOf, described } from './register'

test('what is not said is null, what is said is trimmed', () => {
  const body = bodyOf({ ...blank(), name: ' Studio Plavž ', municipality: 'Jesenice', register_number: '1234 567 000' })
  expect(body).toMatchObject({ name: 'Studio Plavž', register_number: '1234567000', size: null, sector: null })
})

test('a classification of another kind is not lost', () => {
  const sector = { scheme: 'nace', version: '2.1', code: '90.03' }
  const one = { name: 'A', legal_form: 'ngo', municipality: 'Kranj', sector } as unknown as Organisation
  expect(bodyOf(described(one), one).sector).toEqual(sector)
  expect(bodyOf({ ...described(one), sector: '90.030' }, one).sector).toEqual({
    ...{ scheme: 'skd', version: '2025', code: '90.030' },
  })
})
