// People with a role somewhere, and how they come by it and lose it: a venue's staff, a coordination body.
import type { StaffEntry } from '../../../api/openapi.gen'

export interface Role {
  key: string
  /** In the language of the moment. */
  title: () => string
  people: readonly StaffEntry[]
  /** The last one has to stay. */
  needed: boolean
  remove: (id: string) => Promise<unknown>
  /** Another role that they can have instead. */
  instead?: { label: () => string; told: (name: string) => string; change: (id: string) => Promise<unknown> }
}
