import { beforeEach, expect, test } from 'vitest'
import { language } from '../../../i18n/language.svelte'
import { differing } from '../../versions'
import type { Draft } from './editing'
import { lines } from './lines'

const draft = {
  ...{ width: 600, height: 400 },
  units: [{ unit_id: 'a', x: 100, y: 50, width: 140, height: 70, rotation: 0 }],
  fixtures: [
    { kind: 'door', x: 0, y: 0, width: 100, height: 12, rotation: 0, text: null },
    { kind: 'furniture', x: 300, y: 0, width: 80, height: 80, rotation: 0, text: 'Kava' },
  ],
} as unknown as Draft
const name = (key: string, of: Draft) => (key === 'a' ? 'Miza 1' : (of.fixtures[Number(key.slice(2))]?.text ?? 'Vrata'))

beforeEach(() => language.use('sl'))

test.each<[string, Draft, string[]]>([
  ['the room', { ...draft, width: 700 }, ['Prostor', '600 × 400 cm', '700 × 400 cm']],
  [
    'how a desk is turned',
    { ...draft, units: draft.units.map((one) => ({ ...one, rotation: 180 as const })) },
    [
      ...['Miza 1', '100 cm od leve, 50 cm od zgoraj, 140 × 70 cm, sedi se spodaj'],
      '100 cm od leve, 50 cm od zgoraj, 140 × 70 cm, sedi se zgoraj',
    ],
  ],
  [
    'what a thing with a caption is, and its turn',
    { ...draft, fixtures: draft.fixtures.map((one) => (one.text ? { ...one, kind: 'wall', rotation: 90 } : one)) },
    [
      ...['Kava', 'pohištvo, 300 cm od leve, 0 cm od zgoraj, 80 × 80 cm'],
      'stena, 300 cm od leve, 0 cm od zgoraj, 80 × 80 cm, obrnjeno za 90°',
    ],
  ],
  [
    'what is gone',
    { ...draft, fixtures: draft.fixtures.slice(1) },
    ['Vrata', '0 cm od leve, 0 cm od zgoraj, 100 × 12 cm', ''],
  ],
])('two plans tell %s', (_, mine, [what, theirs, own]) =>
  expect(differing(lines(draft, name), lines(mine, name))).toEqual([{ name: what, theirs, mine: own }]),
)
