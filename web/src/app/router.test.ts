import { beforeAll, expect, test, vi } from 'vitest'
import { match, NOWHERE, ROUTES } from './routes'
import { ours } from './router.svelte'

beforeAll(() => void vi.stubGlobal('location', { origin: 'https://prostor.example' }))

test('paths lead to their routes', () => {
  for (const [path, route, params] of [
    ['/', '/', {}],
    ['/spaces/spc_1', '/spaces/:id', { id: 'spc_1' }],
    ['/spaces/spc_1/', '/spaces/:id', { id: 'spc_1' }],
    ['/spaces/a%2Fb/reserve', '/spaces/:id/reserve', { id: 'a/b' }],
    ['/spaces/%', '/spaces/:id', { id: '%' }],
    ['/spaces', NOWHERE.path, {}],
    ['/api/docs', NOWHERE.path, {}],
  ] as const) {
    const found = match(path)
    expect([found.route.path, found.params], path).toEqual([route, params])
  }
  expect(new Set(ROUTES.map((route) => route.path)).size).toBe(ROUTES.length)
})

test('after signing in one is sent to our own pages only', () => {
  for (const [given, goal] of [
    ['/reservations?view=past', '/reservations?view=past'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/.//evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
    [null, '/'],
  ] as const) {
    expect(ours(given), String(given)).toBe(goal)
  }
})
