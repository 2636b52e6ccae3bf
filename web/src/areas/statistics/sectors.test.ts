import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { language } from '../../i18n/language.svelte'
import { sectorName, SECTORS } from './sectors'

it.each([
  ['nace 2.1 90.39', 'S 90.39 Arts, sports and recreation (NACE 2.1)'],
  ['nace 2 90.03', 'R 90.03 Arts, entertainment and recreation (NACE 2)'],
  ['nace 2.1 01.11', 'A 01.11 Agriculture, forestry and fishing (NACE 2.1)'],
  ['nace 2.1 47.11', 'G 47.11 Wholesale and retail trade (NACE 2.1)'],
  ['other ISIC 5 R9039', 'other ISIC 5 R9039'],
  ['unknown', 'unknown'],
])('calls %s %s', (category, name) => {
  language.use('en')
  expect(sectorName(category)).toBe(name)
})

it.each(['sl', 'en'] as const)('has the names of the report in %s', (tag) => {
  const lines = readFileSync(new URL(`../../../../locales/${tag}/sectors.ftl`, import.meta.url), 'utf8').split('\n')
  const names = lines.flatMap((line) => /^sector-(\w+) = (.+)$/.exec(line)?.slice(1) ?? [])
  expect(Object.entries(SECTORS[tag]).flat()).toEqual(names)
})
