import { expect, test } from 'vitest'
import type { PricedOccurrence, SeriesPreview } from '../../api/openapi.gen'
import { fate, toggled, total } from './outcomes'

const one = (result: string, outcome: string | null, gross?: number) =>
  ({
    occurrence: { result, outcome, starts_at: '2026-11-24T10:00:00+01:00', reasons: [] },
    price: gross === undefined ? null : { total_gross: gross, currency: 'EUR' },
  }) as unknown as PricedOccurrence

test('each occurrence has one fate', () => {
  const all = [one('created', 'allow'), one('created', 'ask'), one('conflict', null), one('refused', 'refuse')]
  expect([...all, one('excluded', null)].map(fate)).toEqual(['made', 'asked', 'taken', 'refused', 'left'])
})

test('only what would be made costs', () => {
  const occurrences = [one('created', 'allow', 500), one('created', 'ask', 700), one('conflict', null, 900)]
  expect(total({ occurrences } as SeriesPreview)).toEqual({ minor: 1200, currency: 'EUR' })
  expect(total({ occurrences: [one('created', 'allow')] } as SeriesPreview)).toBe(null)
})

test('a date is left out and taken in again', () => {
  const out = toggled(['2026-12-01'], '2026-11-24T10:00:00+01:00')
  expect(out).toEqual(['2026-11-24', '2026-12-01'])
  expect(toggled(out, '2026-11-24T10:00:00+01:00')).toEqual(['2026-12-01'])
})
