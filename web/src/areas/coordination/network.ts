// A network as its form has it, and what of it has to be sent.
import type { Network, NetworkChange, NewNetwork } from '../../api/openapi.gen'

export interface NetworkForm {
  name: string
  slug: string
  country: string
  time_zone: string
}

export const blank = (): NetworkForm => ({ name: '', slug: '', country: 'SI', time_zone: 'Europe/Ljubljana' })

export const formOf = ({ name, slug, country, time_zone }: Network): NetworkForm => ({
  ...{ name, slug, country, time_zone },
})

export const bodyOf = (form: NetworkForm): NewNetwork => ({
  name: form.name.trim(),
  slug: form.slug.trim(),
  country: form.country.trim().toUpperCase(),
  time_zone: form.time_zone,
})

/** Only what was changed: country and zone may not even be sent once there are reservations. */
export function changeOf(before: NetworkForm, after: NetworkForm): NetworkChange {
  const body = bodyOf(after)
  const keys = (Object.keys(body) as (keyof NetworkForm)[]).filter((key) => body[key] !== before[key])
  return Object.fromEntries(keys.map((key) => [key, body[key]]))
}

/** A name as it may stand in an address: `Layerjeva hiša` is `layerjeva-hisa`. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '')

/** All that the browser knows, and those that are in use here. */
export const zones = (...used: string[]): string[] =>
  [...new Set([...used.filter(Boolean), ...Intl.supportedValuesOf('timeZone')])].sort()
