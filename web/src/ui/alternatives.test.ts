import { describe, expect, it } from 'vitest'
import type { AlternativeBody } from '../api/openapi.gen'
import { instead } from './alternatives'

const at = (space_id: string, hour: number, offset = '+01:00'): AlternativeBody => ({
  space_id: space_id as AlternativeBody['space_id'],
  starts_at: `2026-11-25T${hour}:00:00${offset}`,
  ends_at: `2026-11-25T${hour + 2}:00:00${offset}`,
})

describe('what is free instead', () => {
  it('is told apart by space, this one first', () => {
    const [here, later, nakovalo, meh] = [at('kladivo', 12), at('kladivo', 14), at('nakovalo', 10), at('meh', 10)]
    expect(instead([nakovalo, here, meh, later], 'kladivo')).toEqual({
      here: [here, later],
      elsewhere: [
        { space_id: 'nakovalo', slots: [nakovalo] },
        { space_id: 'meh', slots: [meh] },
      ],
    })
  })

  it('has each once, however its time is written', () => {
    const same = at('kladivo', 11, '+00:00')
    expect(instead([at('kladivo', 12), same, at('meh', 10), at('meh', 10)], 'kladivo')).toEqual({
      here: [at('kladivo', 12)],
      elsewhere: [{ space_id: 'meh', slots: [at('meh', 10)] }],
    })
  })

  it('is all elsewhere where it is about no space', () => {
    expect(instead([at('meh', 10)]).here).toEqual([])
  })
})
