// What the API can do the client can, too: each operation of openapi.yaml is called somewhere, or stands here with a reason.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const BY_ADDRESS = 'its address is given to the browser or a calendar program as it is'
const IN_ITS_LIST = 'the list that has it tells all of it'
const FOR_PROGRAMS = 'for monitoring and other programs'

const UNCALLED: Readonly<Record<string, string>> = {
  'POST /auth/refresh': 'by fetch in tokens.ts: each call needs what it answers',
  'GET /blocks/{id}': IN_ITS_LIST,
  'GET /calendars/{token}.ics': BY_ADDRESS,
  'GET /events.ics': BY_ADDRESS,
  'GET /health/live': FOR_PROGRAMS,
  'GET /health/ready': FOR_PROGRAMS,
  'GET /images/{digest}.jpg': BY_ADDRESS,
  'GET /metrics': FOR_PROGRAMS,
  'GET /networks/{id}/coordinators/{user_id}': IN_ITS_LIST,
  'PUT /networks/{id}/coordinators/{user_id}': 'needs the id of an account: people are invited by their address',
  'GET /networks/{id}/members/{user_id}': IN_ITS_LIST,
  'GET /spaces/{id}/blocks': 'those of the whole venue are read at once',
  'GET /spaces/{id}/freebusy.ics': FOR_PROGRAMS,
  'GET /venues/{id}/delegates/{user_id}': IN_ITS_LIST,
  'GET /venues/{id}/members/{user_id}': IN_ITS_LIST,
  'GET /venues/{id}/staff/{user_id}': IN_ITS_LIST,
  'GET /venues/{id}/statistics/rows': FOR_PROGRAMS,
  'GET /waiting-list/{id}': IN_ITS_LIST,
}

const sources = import.meta.glob<string>(['../**/*.{ts,svelte}', '!../**/*.{test,gen.d}.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
/** `api.get('/spaces'`, and files that are made by the API or sent to it. */
const CALL = /\b(?:api\s*\.(get|post|put|patch|delete)|(file)|(upload))\(\s*['`"](\/[^'`"]*)['`"]/g

function called(): Set<string> {
  const found = Object.values(sources).flatMap((text) => [...text.matchAll(CALL)])
  return new Set(
    found.map(([, method, file, , path]) => `${(method ?? (file ? 'get' : 'post')).toUpperCase()} ${path ?? ''}`),
  )
}

/** All of openapi.yaml, which is written with two spaces to a level. */
function operations(): string[] {
  const lines = readFileSync(join(import.meta.dirname, '../../../openapi.yaml'), 'utf8').split('\n')
  let path = ''
  return lines.flatMap((line) => {
    path = /^ {2}(\/[^:]*):$/.exec(line)?.[1] ?? path
    const method = /^ {4}(get|post|put|patch|delete):$/.exec(line)?.[1]
    return method ? [`${method.toUpperCase()} ${path}`] : []
  })
}

it('calls every operation of the API', () => {
  const known = called()
  expect(operations().length).toBeGreaterThan(200)
  expect(operations().filter((one) => !known.has(one) && !(one in UNCALLED))).toEqual([])
})

it('has a reason for nothing else', () => {
  const known = called()
  const stale = Object.keys(UNCALLED).filter((one) => known.has(one) || !operations().includes(one))
  expect(stale).toEqual([])
})

it('calls nothing that is not there', () => {
  const all = operations()
  expect([...called()].filter((one) => !all.includes(one))).toEqual([])
})
