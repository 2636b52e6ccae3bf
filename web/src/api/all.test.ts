import { expect, test } from 'vitest'
import { all, type PageOf } from './all'

test('pages are read one after the other until there is none', async () => {
  const asked: PageOf[] = []
  const pages = [
    { items: [1, 2], next: 'b' },
    { items: [], next: 'c' },
    { items: [3], next: null },
  ]
  const read = (page: PageOf) => {
    asked.push(page)
    return Promise.resolve(pages[asked.length - 1] ?? { items: [] })
  }
  expect(await all(read)).toEqual([1, 2, 3])
  expect(asked).toEqual([{ limit: 200 }, { limit: 200, cursor: 'b' }, { limit: 200, cursor: 'c' }])
})
