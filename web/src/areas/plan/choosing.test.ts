import { describe, expect, it } from 'vitest'
import { asked, fitted, look, settled, toggled } from './choosing'

describe('choosing', () => {
  it('goes on until there are as many as wanted; then the first one gives way', () => {
    for (const [chosen, unit, quantity, after] of [
      [[], 'a', 1, ['a']],
      [['a'], 'b', 1, ['b']],
      [['a'], 'a', 1, []],
      [['a'], 'b', 2, ['a', 'b']],
      [['a', 'b'], 'c', 2, ['b', 'c']],
      [['a', 'b'], 'a', 2, ['b']],
      [['a'], 'b', 0, []],
    ] as const) {
      expect(toggled(chosen, unit, quantity), `${chosen.join()} ${unit} ${quantity}`).toEqual(after)
    }
    expect(fitted(['a', 'b', 'c'], 2)).toEqual(['b', 'c'])
  })

  it('asks for nothing new where the same are chosen in another order', () => {
    expect(settled(['b', 'a'], ['a', 'b'])).toEqual(['a', 'b'])
    expect(settled(['b'], ['a', 'b'])).toEqual(['b'])
    expect(settled(['b', 'c'], ['a', 'b'])).toEqual(['b', 'c'])
  })

  it('is sent only when it is complete', () => {
    for (const [chosen, quantity, sent] of [
      [[], 1, null],
      [['a'], 1, ['a']],
      [['a'], 2, null],
      [['a', 'b'], 2, ['a', 'b']],
    ] as const) {
      expect(asked(chosen, quantity)).toEqual(sent)
    }
  })

  it('tells how each one stands', () => {
    const unit = (id: string, free: boolean) => ({ id, free })
    expect(look(unit('a', true), [], [])).toBe('free')
    expect(look(unit('a', false), [], [])).toBe('taken')
    expect(look(unit('a', true), ['a'], ['b'])).toBe('chosen')
    expect(look(unit('a', false), ['a'], ['b'])).toBe('taken')
    expect(look(unit('a', true), ['b'], ['a'])).toBe('kept')
    expect(look(unit('a', false), [], ['a'])).toBe('kept')
  })
})
