// Tables about people, from both routes, in one shape: rows of categories, columns of figures; null is hidden.
import type { PublishedFigure, PublishedTableView, Users, UsersRow } from '../../api/openapi.gen'
import { byName, categoryName } from './names'

export interface Cell {
  value: number | null
  unit: string
}
export interface Table {
  columns: PublishedFigure[]
  rows: { name: string; cells: Partial<Record<PublishedFigure, Cell>>; total: boolean }[]
  /** So many cells are hidden. */
  hidden: number
  /** Nothing is told apart. */
  closedUp: boolean
}

const ORDER = [
  ...(['reservations', 'booked_hours', 'people', 'organisations', 'supported_enterprises'] as const),
  ...(['visits', 'charged', 'in_kind_value'] as const),
] satisfies PublishedFigure[]

export function published(view: PublishedTableView): Table {
  const all = [...view.items, ...(view.totals ? [{ ...view.totals, category: null }] : [])]
  const row = (row: (typeof all)[number]) => {
    const cells: Table['rows'][number]['cells'] = {}
    for (const figure of ORDER) {
      const given = row.figures[figure]
      if (given) cells[figure] = { value: given.suppressed ? null : (given.value ?? null), unit: given.unit }
    }
    return {
      name: categoryName(view.dimension, row.category),
      category: row.category,
      cells,
      total: row.category === null || row.category === undefined,
    }
  }
  const rows = all.map(row).sort((a, b) => Number(a.total) - Number(b.total) || byName(view.dimension)(a, b))
  return finished(rows, view.closed_up)
}

/** Of one's own venue: rows without anything are left out. */
export function used(answer: Users, dimension: string): Table {
  const cells = (row: UsersRow): Table['rows'][number]['cells'] => {
    const [money] = row.money
    return {
      reservations: { value: row.reservations, unit: 'reservations' },
      booked_hours: { value: row.booked_hours, unit: 'hours' },
      people: { value: row.people.all, unit: 'people' },
      organisations: { value: row.organisations.all, unit: 'organisations' },
      supported_enterprises: { value: row.supported_enterprises, unit: 'enterprises' },
      visits: { value: row.visits, unit: 'people' },
      ...(money ? { charged: { value: money.charged, unit: money.currency } } : {}),
      ...(money ? { in_kind_value: { value: money.in_kind_value, unit: money.currency } } : {}),
    }
  }
  const parted = answer.group_by.length > 0
  const rows = (parted ? answer.items : [])
    .filter((row) => row.reservations > 0 || row.booked_hours > 0)
    .map((row) => {
      const category = row.group[dimension as 'sector']
      return { name: categoryName(dimension, category), category, cells: cells(row), total: false }
    })
    .sort(byName(dimension))
  return finished([...rows, { name: categoryName(dimension, null), cells: cells(answer.totals), total: true }], false)
}

function finished(rows: Table['rows'], closedUp: boolean): Table {
  const columns = ORDER.filter((figure) => rows.some((row) => row.cells[figure]))
  const hidden = rows.flatMap((row) => Object.values(row.cells)).filter((cell) => cell.value === null).length
  return { columns, rows: gathered(rows), hidden, closedUp }
}

/** `S 90.39` of an activity: many names in one row are too many words. */
const codeOf = (name: string): string => /^[A-V] \d\d\.\d\d/.exec(name)?.[0] ?? name

/** Categories of which nothing is shown are told in one row. */
function gathered(rows: Table['rows']): Table['rows'] {
  const isDark = (row: Table['rows'][number]) =>
    !row.total && Object.values(row.cells).every((cell) => cell.value === null)
  const [first, ...dark] = rows.filter(isDark)
  if (!first || dark.length === 0) return rows
  const one = { ...first, name: [first, ...dark].map((row) => codeOf(row.name)).join(', ') }
  return [...rows.filter((row) => !isDark(row) && !row.total), one, ...rows.filter((row) => row.total)]
}
