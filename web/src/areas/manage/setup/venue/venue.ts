// A venue as its form has it, and what of it has to be sent.
import type { NewVenue, Venue, VenueChange } from '../../../../api/openapi.gen'

export interface VenueForm {
  name: string
  street: string
  postcode: string
  city: string
  municipality: string
  contact_email: string
  phone: string
  access_instructions: string
}

export const EMPTY: VenueForm = {
  ...{ name: '', street: '', postcode: '', city: '', municipality: '', contact_email: '', phone: '' },
  access_instructions: '',
}

export const formOf = (venue: Venue): VenueForm => ({
  name: venue.name,
  ...{ street: venue.address.street, postcode: venue.address.postcode },
  ...{ city: venue.address.city, municipality: venue.address.municipality },
  ...{ contact_email: venue.contact_email, phone: venue.phone ?? '' },
  access_instructions: venue.access_instructions ?? '',
})

/** Only what was changed, so that nothing else is judged. */
export function changeOf(before: VenueForm, after: VenueForm): VenueChange {
  const changed = (Object.keys(after) as (keyof VenueForm)[]).filter((key) => after[key].trim() !== before[key].trim())
  const pick = (...keys: (keyof VenueForm)[]) =>
    Object.fromEntries(keys.filter((key) => changed.includes(key)).map((key) => [key, after[key].trim()] as const))
  const optional = Object.entries(pick('phone', 'access_instructions')).map(
    ([key, text]) => [key, text || null] as const,
  )
  const address = pick('street', 'postcode', 'city', 'municipality')
  return {
    ...pick('name', 'contact_email'),
    ...Object.fromEntries(optional),
    ...(Object.keys(address).length > 0 ? { address } : {}),
  }
}

/** All of it, of a venue to be made. */
export function bodyOf(form: VenueForm): Omit<NewVenue, 'network_id' | 'slug'> {
  const { street, postcode, city, municipality, ...rest } = Object.fromEntries(
    Object.entries(form).map(([key, text]: [string, string]) => [key, text.trim()]),
  ) as unknown as VenueForm
  return {
    ...rest,
    address: { street, postcode, city, municipality },
    phone: rest.phone || null,
    access_instructions: rest.access_instructions || null,
  }
}
