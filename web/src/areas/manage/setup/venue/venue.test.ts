import { expect, test } from 'vitest'
import type { Venue } from '../../../../api/openapi.gen'
import { bodyOf, changeOf, EMPTY, formOf } from './venue'

const venue = {
  ...{ name: 'Layer', contact_email: 'a@example.org', phone: null, access_instructions: 'Zvonite.' },
  address: { street: 'Trg 1', postcode: '4000', city: 'Kranj', municipality: 'Kranj' },
} as unknown as Venue
const before = formOf(venue)

test.each([
  [{}, {}],
  [{ name: ' Layerjeva hiša ' }, { name: 'Layerjeva hiša' }],
  [{ city: 'Jesenice', municipality: 'Jesenice' }, { address: { city: 'Jesenice', municipality: 'Jesenice' } }],
  [{ phone: '+386 4 1' }, { phone: '+386 4 1' }],
  [{ access_instructions: ' ' }, { access_instructions: null }],
])('%j is sent as %j', (typed, sent) => expect(changeOf(before, { ...before, ...typed })).toEqual(sent))

test('a venue to be made leaves out what was left empty', () => {
  const typed = { ...EMPTY, name: ' Layer ', street: 'Trg 1', postcode: '4000', city: 'Kranj', municipality: 'Kranj ' }
  expect(bodyOf({ ...typed, contact_email: 'a@example.org' })).toEqual({
    ...{ name: 'Layer', contact_email: 'a@example.org', phone: null, access_instructions: null },
    address: { street: 'Trg 1', postcode: '4000', city: 'Kranj', municipality: 'Kranj' },
  })
})
