import { describe, expect, it } from 'vitest'
import { turned } from './demand'

describe('who was turned away', () => {
  it('is nobody only where nobody was', () => {
    expect(turned({ suppressed: false, value: 0, reasons: [] })).toEqual({ told: 'nobody' })
    expect(turned({ suppressed: false, value: 21, reasons: null })).toEqual({
      ...{ told: 'counted', value: 21, reasons: null },
    })
  })

  it('is told with its reasons where they may be told', () => {
    const reasons = [{ reason: 'slot_taken', value: 21 }]
    expect(turned({ suppressed: false, value: 21, reasons })).toEqual({ told: 'counted', value: 21, reasons })
  })

  it('is hidden, never nobody, where it is not told', () => {
    expect(turned({ suppressed: true, value: null, reasons: null })).toEqual({ told: 'hidden' })
    expect(turned({ suppressed: true })).toEqual({ told: 'hidden' })
  })
})
