// Where a part of the dashboard is read from, so that its file is of the very same.
import { save as hand } from '../../api/download'
import type { Comparison } from '../../api/openapi.gen'
import type { Asked } from './asked'

export interface Where {
  network_id?: string
  venue_id?: string
  space_id?: string
}
/** Makes the file of what is shown: `(format) => file('/statistics/heatmap', { query: { ...query, format } })`. */
export type Source = (format: 'csv' | 'xlsx') => Promise<{ name: string; content: Blob }>

export interface Place {
  id: string
  name: string
  kind: 'network' | 'venue'
  /** Whose clock says which day it is there. */
  zone: string
  /** Whether one is of the staff, and may see what figures are made of. */
  own: boolean
}

/** The narrowest place that the filters come to: one chosen venue of a network is that venue. */
export function where(place: Place, asked: Asked): Where {
  if (asked.space !== '') return { space_id: asked.space }
  if (place.kind === 'venue') return { venue_id: place.id }
  const [only] = asked.venues
  return only !== undefined && asked.venues.length === 1 ? { venue_id: only } : { network_id: place.id }
}

/** Which of the rows count; equipment only where it is asked for, as in totals. */
export function chosen(asked: Asked) {
  return ({ group }: { group: { venue_id?: string | null; kind?: string | null } }): boolean =>
    (asked.venues.length < 2 || asked.venues.includes(group.venue_id ?? '')) &&
    (asked.kind === '' || group.kind === asked.kind)
}

/** What rows have to be told apart by, so that the filters can choose. */
export function grouping(asked: Asked, ...by: string[]): string {
  const more = [...(asked.venues.length > 1 ? ['venue'] : []), ...(asked.kind === '' ? [] : ['kind'])]
  return [...new Set([...more, ...by])].join(',')
}

export const isFiltered = (asked: Asked): boolean => asked.venues.length > 1 || asked.kind !== ''

export const compared = (asked: Asked): { compare?: Comparison } =>
  asked.compare === '' ? {} : { compare: asked.compare }

/** Hands a file to the browser. */
export const save = ({ name, content }: { name: string; content: Blob }): void => hand(content, name)
