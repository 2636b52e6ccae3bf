import { describe, expect, it } from 'vitest'
import { language } from '../i18n/language.svelte'
import { holds } from './spaces'

describe('how many a space holds', () => {
  const desks = (units: number) => holds({ kind: 'desk_area', capacity: 1, units })

  it('is of desks how many there are, in the dual and plural', () => {
    language.use('sl')
    expect([1, 2, 3, 4, 5, 101, 102].map(desks)).toEqual([
      ...['1 mesto', '2 mesti', '3 mesta', '4 mesta', '5 mest', '101 mesto', '102 mesti'],
    ])
    language.use('en')
    expect([1, 2, 12].map(desks)).toEqual(['1 desk', '2 desks', '12 desks'])
    expect(holds({ kind: 'desk_area', capacity: 1, units: [{}, {}, {}] })).toBe('3 desks')
  })

  it('is people of all else, and nothing of equipment', () => {
    language.use('en')
    expect(holds({ kind: 'meeting_room', capacity: 12, units: 1 })).toBe('12 people')
    expect(holds({ kind: 'equipment', capacity: 0, units: 4 })).toBe('')
  })
})
