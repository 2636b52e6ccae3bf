import { describe, expect, it } from 'vitest'
import type { AlternativeBody, Space, Venue } from '../api/openapi.gen'
import { instead, placesOf } from './alternatives'

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

describe('where it is', () => {
  const SPACES: Record<string, string> = {
    kladivo: 'kovacnica',
    nakovalo: 'kovacnica',
    meh: 'pristava',
    oder: 'drugje',
  }
  const VENUES: Record<string, string> = { kovacnica: 'Kovačnica', pristava: 'Pristava' }
  const missing = () => Promise.reject(new Error('not_found'))
  const reading = {
    space: (id: string) =>
      SPACES[id]
        ? Promise.resolve({ id, name: id, venue_id: SPACES[id], time_zone: `Europe/${id}` } as unknown as Space)
        : missing(),
    venue: (id: string) => (VENUES[id] ? Promise.resolve({ id, name: VENUES[id] } as Venue) : missing()),
  }
  const names = async (ids: string[], asked?: string) =>
    [...(await placesOf(ids, asked, reading))].map(([id, place]) => [id, place.name])

  it('says the venue where that is another one', async () => {
    expect(await names(['nakovalo', 'meh'], 'kladivo')).toEqual([
      ['nakovalo', 'nakovalo'],
      ['meh', 'meh, Pristava'],
    ])
    expect((await placesOf(['meh'], undefined, reading)).get('meh')?.zone).toBe('Europe/meh')
  })

  it('is known of the others where one space or venue can not be read', async () => {
    expect(await names(['gone', 'meh', 'oder'], 'kladivo')).toEqual([
      ['meh', 'meh, Pristava'],
      ['oder', 'oder'],
    ])
    expect(await names(['nakovalo'], 'gone')).toEqual([['nakovalo', 'nakovalo, Kovačnica']])
  })
})
