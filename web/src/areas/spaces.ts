// Words for spaces that several areas use.
import type { SpaceKind } from '../api/openapi.gen'
import { messages } from '../i18n/messages'

export const say = messages({
  sl: {
    kind_meeting_room: 'Sejna soba',
    kind_desk_area: 'Delovna mesta',
    kind_multifunctional: 'Dvorana',
    kind_studio: 'Delavnica ali studio',
    kind_flat: 'Stanovanje',
    kind_equipment: 'Oprema',
    people: { one: '{n} oseba', two: '{n} osebi', few: '{n} osebe', other: '{n} oseb' },
    units: { one: '{n} mesto', two: '{n} mesti', few: '{n} mesta', other: '{n} mest' },
    desks: { one: '{n} mesto', two: '{n} mesti', few: '{n} mesta', other: '{n} mest' },
    from_price: 'od {price}',
    free_of_charge: 'brezplačno',
    asks: 'na odobritev',
    amenity_projektor: 'projektor',
    amenity_zaslon: 'zaslon',
    amenity_tabla: 'tabla',
    amenity_ozvočenje: 'ozvočenje',
    amenity_oder: 'oder',
    amenity_klavir: 'klavir',
    amenity_kuhinja: 'kuhinja',
    amenity_kava: 'kava',
    amenity_monitor: 'monitor',
    amenity_tiskalnik: 'tiskalnik',
    amenity_videokonferenca: 'videokonferenca',
    amenity_wifi: 'Wi-Fi',
  },
  en: {
    kind_meeting_room: 'Meeting room',
    kind_desk_area: 'Desks',
    kind_multifunctional: 'Hall',
    kind_studio: 'Workshop or studio',
    kind_flat: 'Flat',
    kind_equipment: 'Equipment',
    people: { one: '{n} person', other: '{n} people' },
    units: { one: '{n} unit', other: '{n} units' },
    desks: { one: '{n} desk', other: '{n} desks' },
    from_price: 'from {price}',
    free_of_charge: 'free of charge',
    asks: 'on approval',
    amenity_projektor: 'projector',
    amenity_zaslon: 'screen',
    amenity_tabla: 'whiteboard',
    amenity_ozvočenje: 'sound system',
    amenity_oder: 'stage',
    amenity_klavir: 'piano',
    amenity_kuhinja: 'kitchen',
    amenity_kava: 'coffee',
    amenity_monitor: 'monitor',
    amenity_tiskalnik: 'printer',
    amenity_videokonferenca: 'video conference',
    amenity_wifi: 'Wi-Fi',
  },
})

export const KINDS = [
  'meeting_room',
  'desk_area',
  'multifunctional',
  'studio',
  'flat',
  'equipment',
] as const satisfies readonly SpaceKind[]

export const kindName = (kind: SpaceKind): string => say(`kind_${kind}`)

/** Venues name amenities as they like: the usual ones are translated, the rest stands as it was written. */
export function amenityName(amenity: string): string {
  const known = `amenity_${amenity}`
  return known in say.catalogues.sl ? say(known as 'amenity_projektor') : amenity.replaceAll('_', ' ')
}

/** '6 oseb' */
export const peopleOf = (n: number): string => say('people', { n })

/** '3 mesta' */
export const unitsOf = (n: number): string => say('units', { n })

/** How many it holds: people, or of desks how many there are; '' of equipment. Searches tell the number of units alone. */
export function holds(space: { kind: SpaceKind; capacity: number; units: readonly unknown[] | number }): string {
  if (space.kind === 'equipment') return ''
  if (space.kind !== 'desk_area') return peopleOf(space.capacity)
  return say('desks', { n: typeof space.units === 'number' ? space.units : space.units.length })
}
