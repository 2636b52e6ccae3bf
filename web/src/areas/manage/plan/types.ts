// The API's names for what lies on a plan.
import type { NewPlan } from '../../../api/openapi.gen'

export type { NewPlan }
export type UnitPlace = NonNullable<NewPlan['units']>[number]
export type Fixture = NonNullable<NewPlan['fixtures']>[number]
export type Turn = NonNullable<UnitPlace['rotation']>
export type FixtureKind = Fixture['kind']
export const FIXTURES = ['door', 'window', 'wall', 'furniture'] as const satisfies readonly FixtureKind[]
