import { expect, test } from 'vitest'
import { sought } from './looking'

const id = 'org_01h455vb4pex5vsknk084sn02q'
test.each([
  [' Žive niti ', { by: 'name', q: 'Žive niti' }],
  ['50 436 11', { by: 'number', number: '5043611' }],
  ['5043611000', { by: 'number', number: '5043611000' }],
  ['504361', { by: 'name', q: '504361' }],
  [id, { by: 'id', id }],
  [`https://prostor.example/coordination/organisations/${id}?x=1`, { by: 'id', id }],
])('%s is looked for as %j', (text, found) => expect(sought(text)).toEqual(found))
