// Text on its ground has the contrast that WCAG 2.2 AA wants, in both themes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const TEXT = 4.5
const EDGES = 3

function token(name: string, theme: 0 | 1): string {
  const found = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css)
  if (!found) throw new Error(`no token ${name}`)
  return found[theme + 1] ?? ''
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS = ['paper', 'surface']
const pairs: [string, string, number][] = [
  ...GROUNDS.flatMap((ground): [string, string, number][] => [
    ...['ink', 'muted', 'spruce', 'spruce-strong', 'ember', 'glacier', 'danger'].map(
      (text): [string, string, number] => [text, ground, TEXT],
    ),
    ['edge', ground, EDGES],
    ['focus', ground, EDGES],
  ]),
  ...['spruce', 'ember', 'glacier', 'danger'].flatMap((tone): [string, string, number][] => [
    [tone, `${tone}-soft`, TEXT],
    ['ink', `${tone}-soft`, TEXT],
  ]),
  ['ink', 'raised', TEXT],
  ['on-spruce', 'spruce', TEXT],
  ['on-spruce', 'spruce-strong', TEXT],
  ['on-danger', 'danger', TEXT],
  ['muted', 'shade-0', TEXT],
  ...[1, 2, 3].map((step): [string, string, number] => ['ink', `shade-${step}`, TEXT]),
  ...[4, 5].map((step): [string, string, number] => ['on-shade', `shade-${step}`, TEXT]),
]

test.each(pairs)('%s on %s', (text, ground, least) => {
  for (const theme of [0, 1] as const) {
    expect(contrast(token(text, theme), token(ground, theme)), `theme ${theme}`).toBeGreaterThanOrEqual(least)
  }
})
