// No message is missing, unused, or has other parameters or plural forms in one of the languages.
import { describe, expect, it, test } from 'vitest'
import { choose } from './language.svelte'
import { render, type Catalogue, type Message } from './messages'

const sources = import.meta.glob<string>(['../**/*.{ts,svelte}', '!../**/*.{test,gen.d}.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const modules = import.meta.glob<Record<string, unknown>>(
  ['../**/{messages,*.messages,words,spaces,format}.ts', '!./messages.ts'],
  {
    eager: true,
  },
)

interface Area {
  file: string
  sl: Catalogue
  en: Catalogue
}

const areas: Area[] = Object.entries(modules).flatMap(([file, exported]) =>
  Object.values(exported).flatMap((value) => {
    const catalogues = (value as { catalogues?: { sl: Catalogue; en: Catalogue } } | null)?.catalogues
    return catalogues ? [{ file, ...catalogues }] : []
  }),
)

const forms = (message: Message) => (typeof message === 'string' ? ['text'] : Object.keys(message))
const texts = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message))
const parameters = (message: Message) =>
  [...new Set(texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1])))].sort()

/** Where a catalogue's messages may be named: in its own file, and where it is imported. */
function users(file: string): string[] {
  const target = file.replace(/\.ts$/, '')
  return Object.entries(sources).flatMap(([path, text]) => {
    if (path === file) return [text.replace(/messages\(\{[\s\S]*?\n\}\)/, '')]
    const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(
      (found) => new URL(found[1] ?? '', `file:///x/y/${path}`).href,
    )
    return imports.includes(new URL(target, 'file:///x/y/').href) ||
      imports.includes(new URL(file, 'file:///x/y/').href)
      ? [text]
      : []
  })
}

test('every catalogue is found', () => {
  const making = Object.entries(sources).filter(
    ([path, text]) => path !== './messages.ts' && text.includes('messages({'),
  )
  expect(areas.map((area) => area.file).sort()).toEqual(making.map(([path]) => path).sort())
})

describe.each(areas)('$file', ({ file, sl, en }) => {
  it('says the same in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(sl).sort())
    for (const [key, message] of Object.entries(sl)) {
      const other = en[key]
      if (other === undefined) continue
      expect(parameters(other), key).toEqual(parameters(message))
      expect(
        texts(message)
          .concat(texts(other))
          .every((text) => text.trim() !== ''),
        key,
      ).toBe(true)
      const plural = typeof message !== 'string' || typeof other !== 'string'
      if (plural) {
        expect([forms(message), forms(other)], key).toEqual([
          ['one', 'two', 'few', 'other'],
          ['one', 'other'],
        ])
        expect(parameters(message), key).toContain('n')
      }
    }
  })

  it('says nothing that nobody asks for', () => {
    const code = users(file).join('\n')
    const prefixes = [...code.matchAll(/`(\w+_)\$\{/g)].map((found) => found[1] ?? '')
    const named = (key: string) =>
      code.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix)) || /^amenity_/.test(key)
    expect(Object.keys(sl).filter((key) => !named(key))).toEqual([])
  })
})

test('the dual and the plurals are right', () => {
  const found = { one: '{n} prostor', two: '{n} prostora', few: '{n} prostori', other: '{n} prostorov' }
  const said = [0, 1, 2, 3, 4, 5, 100, 101, 102, 1003].map((n) => render(found, { n }, 'sl'))
  expect(said).toEqual([
    ...['0 prostorov', '1 prostor', '2 prostora', '3 prostori', '4 prostori', '5 prostorov', '100 prostorov'],
    ...['101 prostor', '102 prostora', '1003 prostori'],
  ])
})

test('the language is the chosen one, the browser’s, or Slovenian', () => {
  expect(choose('en', ['sl'])).toBe('en')
  expect(choose(null, ['de-AT', 'en-US', 'sl'])).toBe('en')
  expect(choose('xx', ['de'])).toBe('sl')
})
