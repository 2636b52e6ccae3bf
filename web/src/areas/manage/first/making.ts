// Making a space in one go from the answers. What was done stays done, so going on after a refusal repeats nothing.
import { api } from '../../../api/client'
import type { NewSpace, OpeningHours, Space, SpaceKind } from '../../../api/openapi.gen'
import type { Rule } from '../setup/week'

export interface Answers {
  kind: SpaceKind
  name: string
  people: string
  desks: string
  amenities: string[]
  description: string
  which: 'same' | 'own'
  week: Rule
  who: 'all' | 'ask' | 'staff'
  how: 'free' | 'hour'
  price: number | null
  vat: 'standard' | 'not_liable'
}

export const MANY: readonly SpaceKind[] = ['desk_area', 'equipment']

export function asSpace(of: Answers): NewSpace {
  const many = MANY.includes(of.kind)
  const units = Array.from({ length: Math.max(1, Number(of.desks) || 1) }, (_, at) => ({ label: String(at + 1) }))
  return {
    ...{ name: of.name.trim(), kind: of.kind, amenities: of.amenities, allocation: many ? 'each' : 'whole' },
    capacity: of.kind === 'equipment' ? 0 : many ? 1 : Number(of.people),
    ...(of.description.trim() ? { description: of.description.trim() } : {}),
    ...(many ? { units } : {}),
  }
}

export const asPolicy = (who: Answers['who']) =>
  who === 'all'
    ? {}
    : {
        public: who === 'ask' ? { approval: 'always' as const } : { bookable: false },
        staff: { bookable: true, approval: 'none' as const },
      }

export type Step = 'what' | 'hours' | 'who' | 'price'
export interface Made {
  space: Space | null
  done: Step[]
}

export async function make(venue: string, of: Answers, hours: OpeningHours, legal: string, made: Made): Promise<void> {
  const once = async (step: Step, task: () => Promise<unknown>) => {
    if (made.done.includes(step)) return
    await task()
    made.done.push(step)
  }
  await once('what', async () => {
    made.space = await api.post('/venues/{id}/spaces', { path: { id: venue }, body: asSpace(of) })
  })
  const id = made.space?.id
  if (!id) return
  const path = { id }
  await once('hours', async () => {
    const body = { weekly: [of.week], holidays: 'closed' as const }
    if (hours.weekly.length === 0)
      await api.put('/venues/{id}/opening-hours', { path: { id: venue }, body, version: hours.version })
    else if (of.which === 'own') {
      const { version } = await api.get('/spaces/{id}/opening-hours', { path })
      await api.put('/spaces/{id}/opening-hours', { path, body, version })
    }
  })
  await once('who', async () => {
    if (of.who === 'all') return
    const { version } = await api.get('/spaces/{id}/policy', { path })
    await api.put('/spaces/{id}/policy', { path, body: asPolicy(of.who), version })
  })
  await once('price', async () => {
    if (of.how === 'free' || of.price === null) return
    const { version } = await api.get('/spaces/{id}/tariff', { path })
    const vat = of.vat === 'standard' ? { code: of.vat } : { code: of.vat, legal }
    const rates = [{ audience: 'public' as const, pricing: { per_started: { minutes: 60, price: of.price } }, vat }]
    await api.put('/spaces/{id}/tariff', { path, body: { currency: 'EUR', prices_include_vat: true, rates }, version })
  })
}
