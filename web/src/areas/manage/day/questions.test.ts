import { expect, it } from 'vitest'
import type { Approval } from '../../../api/openapi.gen'
import { questions, seriesOf, wished } from './questions'

const ask = (id: string, series?: string, more: object = {}) =>
  ({
    id,
    reservation: { id, starts_at: 'then', ends_at: 'later', ...(series ? { series: { id: series } } : {}), ...more },
  }) as unknown as Approval

it('has a series once, where its first date was asked, and the others each by itself', () => {
  const all = questions([ask('a'), ask('b', 'x'), ask('c', 'y'), ask('d', 'x'), ask('e'), ask('f', 'x')])
  expect(all.map((question) => question.map((one) => one.id))).toEqual([['a'], ['b', 'd', 'f'], ['c'], ['e']])
  expect(all.map(seriesOf)).toEqual([null, 'x', null, null])
})

it('tells of a change what is wished, not what is', () => {
  expect(wished(ask('a')).starts_at).toBe('then')
  expect(wished(ask('a', 'x', { change: { starts_at: 'sooner', ends_at: 'now' } }))).toMatchObject({
    starts_at: 'sooner',
  })
})
