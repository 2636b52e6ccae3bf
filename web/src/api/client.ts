// The one way to the API: typed by openapi.yaml, throws a `Refusal` for everything that is not a success.
//
//     const space = await api.get('/spaces/{id}', { path: { id } })
//     await api.post('/reservations', { body })                        an Idempotency-Key goes along by itself
//     await api.patch('/me', { body, version: me.version })            If-Match
import { language } from '../i18n/language.svelte'
import { memoryOf } from './memory'
import type { paths } from './openapi.gen'
import { read, Refusal } from './refusal'
import { AUTH_HEADERS, bearer, renew } from './tokens'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never
}[keyof paths]
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never

type PathOf<O> = O extends { parameters: { path: infer T } } ? { path: T } : { path?: never }
type QueryOf<O> = O extends { parameters: { query: infer T } }
  ? { query: T }
  : O extends { parameters: { query?: infer T } }
    ? { query?: T | undefined }
    : { query?: never }
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer T } } }
  ? { body: T }
  : O extends { requestBody?: { content: { 'application/json': infer T } } }
    ? { body?: T }
    : { body?: never }
type JsonOf<R> = R extends { content: { 'application/json': infer T } } ? T : undefined
type AnswerOf<O> = O extends { responses: infer R } ? JsonOf<R[keyof R & (200 | 201 | 202 | 204)]> : never

/** Where files of a media type may be sent (`upload.ts`), with what. */
export type Taking<Media extends string> = {
  [P in keyof paths]: paths[P] extends { post: { requestBody?: { content: Record<Media, unknown> } } } ? P : never
}[keyof paths]
export type Inserted<P extends keyof paths> = PathOf<Operation<P, 'post'>>
export type AnswerTo<P extends keyof paths> = AnswerOf<Operation<P, 'post'>>

interface Extras {
  /** The `version` that is changed: If-Match. */
  version?: number
  /** Given where one intention may be sent twice (a double tap); else each call has its own. */
  key?: string
  signal?: AbortSignal
}
export type Options<O> = PathOf<O> & QueryOf<O> & BodyOf<O> & Extras
type Arguments<O> = Record<never, never> extends Options<O> ? [options?: Options<O>] : [options: Options<O>]

const BASE = '/api/v1'
const TIMEOUT = 20_000
/** Tries in all, and the longest that somebody is kept waiting for the next, seconds. */
const TRIES = 3
const PATIENCE = 5

function caller<M extends Method>(method: M) {
  return <P extends PathsWith<M>>(path: P, ...[options]: Arguments<Operation<P, M>>) =>
    call(method, path, (options ?? {}) as Loose) as Promise<AnswerOf<Operation<P, M>>>
}

export const api = {
  get: caller('get'),
  post: caller('post'),
  put: caller('put'),
  patch: caller('patch'),
  delete: caller('delete'),
}

interface Loose extends Extras {
  path?: object
  query?: object | undefined
  body?: unknown
}

async function call(method: Method, path: string, options: Loose): Promise<unknown> {
  const headers: Record<string, string> = { 'accept-language': language.current }
  if (path.startsWith('/auth/')) Object.assign(headers, AUTH_HEADERS)
  else if (method !== 'get') headers['idempotency-key'] = options.key ?? newKey()
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`
  const init: RequestInit = { method: method.toUpperCase(), headers }
  if (options.body !== undefined) init.body = JSON.stringify(options.body)
  const url = address(path, options)
  const memory = method === 'get' ? memoryOf(options.signal) : undefined
  const known = memory?.of(url)
  if (known) headers['if-none-match'] = known.tag
  const response = await persist(url, init, options.signal)
  if (memory && known && response.status === 304) return memory.again(url, known)
  if (!response.ok) throw await read(response)
  if (response.status === 204) return undefined
  const body: unknown = await response.json().catch(() => {
    throw new Refusal(response.status, 'unreadable', null)
  })
  memory?.keep(url, response.headers.get('etag'), body)
  return body
}

/** A file that the API makes (`format=csv` and the like), with the name it gives it. */
export async function file<P extends PathsWith<'get'>>(
  path: P,
  options: PathOf<Operation<P, 'get'>> & QueryOf<Operation<P, 'get'>>,
): Promise<{ name: string; content: Blob }> {
  const headers = { 'accept-language': language.current }
  const response = await persist(address(path, options as Loose), { method: 'GET', headers })
  if (!response.ok) throw await read(response)
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { name: name ?? path.split('/').at(-1) ?? 'prostor', content: await response.blob() }
}

/** Sends, and again: once with a new token, and what was busy or lost, as GETs and keyed requests may be repeated. */
export async function persist(
  url: string,
  init: RequestInit,
  signal?: AbortSignal,
  patience = TIMEOUT,
): Promise<Response> {
  const headers = init.headers as Record<string, string>
  const repeatable = init.method === 'GET' || 'idempotency-key' in headers
  let renewed = false
  for (let tries = 1; ; tries++) {
    const last = tries >= TRIES || !repeatable
    const token = await bearer()
    if (token !== null) headers.authorization = `Bearer ${token}`
    else delete headers.authorization
    let wait = tries
    try {
      const response = await fetch(url, { ...init, signal: limited(patience, signal) })
      if (response.status === 401 && token !== null && !renewed && !url.startsWith(`${BASE}/auth/`)) {
        renewed = true
        if (await renew()) continue
        return response
      }
      const after = Number(response.headers.get('retry-after') ?? 1)
      if ((response.status !== 429 && response.status !== 503) || last || !(after <= PATIENCE)) return response
      wait = after
    } catch (thrown) {
      if (signal?.aborted) throw thrown
      const timeout = thrown instanceof DOMException && thrown.name === 'TimeoutError'
      if (last || timeout) throw new Refusal(0, timeout ? 'timeout' : 'unreachable', null)
    }
    await new Promise((done) => setTimeout(done, wait * 1000))
  }
}

function limited(patience: number, signal?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(patience)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}

/** The path with its parameters filled in and the query behind it; undefined and null are left out. */
export function address(path: string, { path: parameters = {}, query = {} }: Pick<Loose, 'path' | 'query'>): string {
  const values = new Map<string, unknown>(Object.entries(parameters))
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return `${BASE}${filled}${text ? `?${text}` : ''}`
}

/** `crypto.randomUUID` is not there on plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
