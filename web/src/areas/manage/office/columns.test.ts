import { expect, it } from 'vitest'
import { columnName } from './columns.messages'

it('columns are told in words, with the name that stands in the file', () => {
  expect(columnName('attendees')).toBe('Koliko ljudi (attendees)')
  expect(columnName('something')).toBe('something')
})
