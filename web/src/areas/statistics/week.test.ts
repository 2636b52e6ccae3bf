import { expect, it } from 'vitest'
import { weekOf } from './week'

const cell = (weekday: number, hour: number, numerator: number, denominator: number) => ({
  ...{ weekday, hour },
  figure: {
    numerator,
    denominator,
    rate: denominator ? numerator / denominator : null,
    unit: 'hours/hours',
    suppressed: false,
  },
})

it('shows the hours between the first and the last that are open, and adds what is of the same hour', () => {
  const week = weekOf([cell(1, 7, 0, 0), cell(1, 9, 1, 10), cell(1, 9, 5, 10), cell(7, 11, 8, 10), cell(3, 22, 0, 0)])
  expect(week.hours.map(({ hour }) => hour)).toEqual([9, 10, 11])
  expect(week.hours[0]?.days[0]).toMatchObject({ numerator: 6, denominator: 20, rate: 0.3 })
  expect(week.hours[1]?.days.every((figure) => figure === null)).toBe(true)
  expect(week.most).toBe(0.8)
})

it('is empty where nothing is ever open', () => expect(weekOf([])).toEqual({ hours: [], most: 0 }))
