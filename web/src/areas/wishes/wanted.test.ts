import { describe, expect, it } from 'vitest'
import { bodyOf, difference, nothing } from './wanted'

describe('what is sent', () => {
  it('is whole numbers, the purpose for a title, and only what is there', () => {
    for (const [typed, sent] of [
      ['', null],
      ['6', 6],
      ['0', null],
      ['-3', null],
      ['4.9', 4],
    ] as const) {
      expect(bodyOf({ ...nothing(), people: typed }, 'Sestanek').attendees, typed).toBe(sent)
    }
    const body = bodyOf({ ...nothing(), extras: { Kava: 2, Voda: 0 }, equipment: { spc_1: 1 } }, 'Sestanek')
    expect([body.title, body.extras, body.equipment]).toEqual([
      'Sestanek',
      [{ name: 'Kava', quantity: 2 }],
      [{ space_id: 'spc_1', quantity: 1 }],
    ])
  })

  it('tells of an event only where it is public', () => {
    const wanted = { ...nothing(), description: 'Vsi vabljeni' }
    expect(bodyOf(wanted, '').event).toBeUndefined()
    expect(bodyOf({ ...wanted, public: true }, '').event).toEqual({ description: 'Vsi vabljeni' })
  })

  it('is what changed and nothing else', () => {
    const before = bodyOf({ ...nothing('6'), notes: 'Ključ', extras: { Kava: 2 } }, 'Sestanek')
    expect(difference(before, before)).toEqual({})
    const after = bodyOf({ ...nothing('8'), extras: {} }, 'Sestanek')
    expect(difference(before, after)).toEqual({ attendees: 8, notes: null, extras: [] })
    const named = bodyOf({ ...nothing('6'), notes: 'Ključ', extras: { Kava: 2 }, units: ['unt_1'] }, 'Sestanek')
    expect(difference(before, named)).toEqual({ unit_ids: ['unt_1'] })
    expect(difference(named, before)).toEqual({})
    expect(bodyOf({ ...nothing(), quantity: '2', units: ['unt_1'] }, '').unit_ids).toBeUndefined()
  })
})
