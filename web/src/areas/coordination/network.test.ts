import { expect, test } from 'vitest'
import { blank, changeOf, slugOf, zones } from './network'

test.each([
  ['Layerjeva hiša', 'layerjeva-hisa'],
  ['  Đuro & Žan, d. o. o.', 'duro-zan-d-o-o'],
  ['…', ''],
  ['a'.repeat(62) + ' b', 'a'.repeat(62)],
])('%s stands in an address as %s', (name, slug) => expect(slugOf(name)).toBe(slug))

const before = { ...blank(), name: 'Gorenjska', slug: 'gorenjska' }
test.each([
  [{}, {}],
  [{ name: ' Vsa Gorenjska ' }, { name: 'Vsa Gorenjska' }],
  [{ country: 'si' }, {}],
  [
    { country: 'at', time_zone: 'Europe/Vienna' },
    { country: 'AT', time_zone: 'Europe/Vienna' },
  ],
])('%j is sent as %j', (typed, sent) => expect(changeOf(before, { ...before, ...typed })).toEqual(sent))

test('a zone that the browser does not list can be kept', () => {
  expect(zones('Mars/Olympus', 'Europe/Vienna')).toEqual(expect.arrayContaining(['Europe/Ljubljana', 'Mars/Olympus']))
  expect(zones('Europe/Vienna').filter((one) => one === 'Europe/Vienna')).toHaveLength(1)
})
