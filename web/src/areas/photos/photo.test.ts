import { expect, it } from 'vitest'
import { described, source } from './photo'

it('offers every size with its width, and the shape of the largest', () => {
  const sizes = [
    { width: 480, height: 320, url: '/a.jpg' },
    { width: 960, height: 640, url: '/b.jpg' },
  ]
  expect(source({ sizes })).toEqual({ src: '/a.jpg', srcset: '/a.jpg 480w, /b.jpg 960w', width: 960, height: 640 })
})

it.each([
  ['okno', 'window', 'sl', 'okno'],
  ['okno', 'window', 'en', 'window'],
  ['okno', null, 'en', 'okno'],
  [null, 'window', 'sl', 'window'],
  [null, null, 'sl', ''],
] as const)('describes %s / %s in %s as "%s"', (alt_sl, alt_en, language, said) => {
  expect(described({ alt_sl, alt_en }, language)).toBe(said)
})
