// What a key may be for, in words.
import type { Scope } from '../../../api/openapi.gen'
import { say } from './messages'

const WORDS = {
  'places:read': 'places_read',
  'places:write': 'places_write',
  'reservations:read': 'reservations_read',
  'reservations:write': 'reservations_write',
  'people:read': 'people_read',
  'people:write': 'people_write',
  'statistics:read': 'statistics_read',
  'statistics:write': 'statistics_write',
} as const satisfies Record<Scope, string>

export const SCOPES = Object.keys(WORDS) as Scope[]

export const scopeName = (scope: Scope): string => say(WORDS[scope])
