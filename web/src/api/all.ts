// Lists that are wanted whole.

/** What a page is asked for by. */
export interface PageOf {
  limit: number
  cursor?: string
}

/** All pages of a list, one after the other: `all((page) => api.get('/venues', { query: page, signal }))`. */
export async function all<T>(read: (page: PageOf) => Promise<{ items: T[]; next?: string | null }>): Promise<T[]> {
  const items: T[] = []
  let page: PageOf | null = { limit: 200 }
  while (page) {
    const answer: { items: T[]; next?: string | null } = await read(page)
    items.push(...answer.items)
    page = answer.next ? { limit: 200, cursor: answer.next } : null
  }
  return items
}
