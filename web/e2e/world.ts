// A server of our own in a folder of its own, and what is in it: a venue with a room, a hall that asks, and a member.
// Everything is made through the API, as people would.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDays, clockIn, todayIn } from '../src/time/instants'

const ROOT = join(import.meta.dirname, '../..')
export const PASSWORD = 'kolovrat šepeta mesečini'
export const ADMIN = 'uprava@example.org'
export const MEMBER = 'ana@example.org'
export const OTHER = 'eva@example.org'
export const MANAGER = 'meta@example.org'
const PATIENCE = 20_000

/** What tests need to know; it crosses a process, so plain data only. */
export interface World {
  database: 'sqlite' | 'postgres'
  url: string
  mail: string
  network: string
  /** Of the network's plan: hours used. */
  indicator: string
  venue: string
  room: string
  hall: string
  /** The member's, far ahead. */
  reservation: string
  series: string
  /** Her account. */
  member: string
  organisation: string
  /** A house whose clock shows day, so that waiting lists offer; Eva waits there for what Ana gave back. */
  studio: string
}
export interface Running {
  world: World
  stop: () => Promise<void>
}

function program(): string {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target')
  const path = process.env.PROSTOR_BIN ?? join(target, 'debug/prostor')
  if (!existsSync(path)) throw new Error(`${path} is not built: cargo build --bin prostor`)
  return path
}

export async function begin(database: World['database'], cluster?: string): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'prostor-e2e-'))
  const port = await freePort()
  const created = cluster ? createDatabase(cluster) : null
  const url = `http://localhost:${port}`
  const env = {
    ...process.env,
    PROSTOR_DATABASE_URL: created?.url ?? `sqlite:${join(folder, 'prostor.db')}`,
    PROSTOR_LISTEN: `127.0.0.1:${port}`,
    PROSTOR_PUBLIC_URL: url,
    PROSTOR_MAIL_URL: `file:${join(folder, 'mail')}`,
    PROSTOR_MAIL_FROM: 'Prostor <prostor@example.org>',
    PROSTOR_SECRET: 'a secret for tests, 0123456789, not random',
    PROSTOR_RATE_LIMIT: 'off',
    PROSTOR_BACKUPS_KEPT: '0',
  }
  execFileSync(program(), ['admin', 'create', '--email', ADMIN, '--name', 'Uprava'], {
    env,
    cwd: folder,
    input: PASSWORD,
  })
  const server = spawn(program(), ['serve'], { env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const stop = async () => {
    await ended(server)
    created?.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await until(async () => {
      if (server.exitCode !== null) throw new Error(said)
      return (await fetch(`${url}/api/v1/health/ready`).catch(() => null))?.ok
    }, 'the server to be ready')
    const mail = join(folder, 'mail')
    return { world: { database, url, mail, ...(await furnish(url, mail)) }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function ended(server: ChildProcess): Promise<unknown> {
  if (server.exitCode !== null) return Promise.resolve()
  const exit = new Promise((done) => server.once('exit', done))
  server.kill('SIGTERM')
  return exit
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function createDatabase(cluster: string): { url: string; drop: () => void } {
  const name = `web_${process.pid}_${Date.now().toString(36)}`
  const sql = (text: string) => execFileSync('psql', [cluster, '-qc', text], { stdio: ['ignore', 'ignore', 'inherit'] })
  sql(`CREATE DATABASE ${name}`)
  const url = new URL(cluster)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

export async function until<T>(ask: () => Promise<T> | T, what: string): Promise<NonNullable<T>> {
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    const answer = await ask()
    if (answer) return answer
    await new Promise((done) => setTimeout(done, 40))
  }
  throw new Error(`waited in vain for ${what}`)
}

/** What was sent, the oldest first; what is being written has another name. */
const lettersIn = (mail: string): string[] =>
  (existsSync(mail) ? readdirSync(mail) : []).filter((name) => !name.startsWith('.')).sort()

/** The token of the link to a page in the latest mail to an address that has one. */
export function token(mail: string, to: string, page: string): Promise<string> {
  return until(() => {
    for (const name of lettersIn(mail).reverse()) {
      const letter = readFileSync(join(mail, name), 'utf8')
      if (!letter.includes(to)) continue
      const text = letter.replace(/=\r?\n/g, '').replaceAll('=3D', '=')
      const found = new RegExp(`${page}#token=([\\w.~-]+)`).exec(text)?.[1]
      if (found) return found
    }
    return null
  }, `a link to ${page} for ${to}`)
}

/** The six-digit code in the latest mail to an address. */
export function code(mail: string, to: string, count = 1): Promise<string> {
  return until(() => {
    const theirs = lettersIn(mail)
      .map((name) => readFileSync(join(mail, name), 'utf8'))
      .filter((text) => text.includes(`To: `) && text.includes(to))
    if (theirs.length < count) return null
    return /^\s*(\d{6})\s*$/m.exec(theirs.at(-1) ?? '')?.[1] ?? /\b(\d{6})\b/.exec(body(theirs.at(-1) ?? ''))?.[1]
  }, `a code for ${to}`)
}

/** Behind the headers, whose ids have digits, too. */
const body = (letter: string): string =>
  letter
    .split(/\r?\n\r?\n/)
    .slice(1)
    .join('\n')

export function caller(url: string, token = '') {
  return async (method: string, path: string, json?: unknown, version?: number) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (token) headers.authorization = `Bearer ${token}`
    if (version !== undefined) headers['if-match'] = `"${version}"`
    const sent = json === undefined ? {} : { body: JSON.stringify(json) }
    const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...sent })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return (text ? JSON.parse(text) : {}) as Record<string, string> & { version: number }
  }
}

/** What a browser keeps of a session. */
export async function session(url: string, email: string) {
  const headers = { 'content-type': 'application/json', 'x-prostor-client': 'web', origin: url }
  const body = JSON.stringify({ email, password: PASSWORD })
  const response = await fetch(`${url}/api/v1/auth/login`, { method: 'POST', headers, body })
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(response.headers.getSetCookie()[0] ?? '') ?? []
  const path = /path=([^;]+)/i.exec(response.headers.getSetCookie()[0] ?? '')?.[1] ?? '/'
  const cookie = { name, value, path, domain: new URL(url).hostname, expires: -1 }
  return {
    cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: 'Strict' as const }],
    origins: [{ origin: url, localStorage: [{ name: 'prostor.signed-in', value: '1' }] }],
  }
}

export async function signIn(url: string, email: string) {
  const { access_token } = await caller(url)('POST', '/auth/login', { email, password: PASSWORD })
  return caller(url, access_token)
}

async function furnish(url: string, mail: string) {
  const admin = await signIn(url, ADMIN)
  const network = await admin('POST', '/networks', {
    ...{ name: 'Gorenjska', slug: 'gorenjska', country: 'SI', time_zone: 'Europe/Ljubljana' },
  })
  const indicator = await admin('POST', `/networks/${network.id}/indicators`, {
    ...{ code: '1.1', name: { sl: 'Ure uporabe', en: 'Hours of use' }, figure: 'used_hours', direction: 'at_least' },
    targets: [{ year: new Date().getUTCFullYear(), value: 1200 }],
  })
  const address = { street: 'Tomšičeva ulica 32', postcode: '4000', city: 'Kranj', municipality: 'Kranj' }
  const venue = await admin('POST', '/venues', {
    ...{ network_id: network.id, name: 'Layerjeva hiša', slug: 'layer', address, contact_email: 'layer@example.org' },
  })
  const hours = await admin('GET', `/venues/${venue.id}/opening-hours`)
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const weekly = [{ days, opens: '08:00', closes: '20:00' }]
  await admin('PUT', `/venues/${venue.id}/opening-hours`, { weekly, holidays: 'open' }, hours.version)
  const space = (more: object) => admin('POST', `/venues/${venue.id}/spaces`, { allocation: 'whole', ...more })
  const room = await space({
    ...{ name: 'Soba nad vrtom', kind: 'meeting_room', capacity: 8, amenities: ['projektor', 'wifi'], step_free: true },
  })
  const hall = await space({ name: 'Dvorana', kind: 'multifunctional', capacity: 80, amenities: ['oder'] })
  const policy = await admin('GET', `/spaces/${hall.id}/policy`)
  await admin('PUT', `/spaces/${hall.id}/policy`, { public: { approval: 'always' } }, policy.version)
  for (const [email, name] of [
    [MEMBER, 'Ana Novak'],
    [OTHER, 'Eva Kos'],
    [MANAGER, 'Meta Zupan'],
  ] as const) {
    const anybody = caller(url)
    await anybody('POST', '/auth/register', { email, name, password: PASSWORD, locale: 'sl' })
    await anybody('POST', '/auth/link/redeem', { email, code: await code(mail, email), password: PASSWORD })
  }
  const { id: meta } = await (await signIn(url, MANAGER))('GET', '/me')
  await admin('PUT', `/venues/${venue.id}/staff/${meta}`)
  const made = {
    ...{ network: network.id ?? '', indicator: indicator.id ?? '' },
    ...{ venue: venue.id ?? '', room: room.id ?? '', hall: hall.id ?? '' },
    studio: await byDay(url, network.id ?? '', meta ?? ''),
  }
  return { ...made, ...(await reserve(url, made.room)) }
}

/** Open day and night, in a zone where it is day now. Who books there checks in. */
async function byDay(url: string, network_id: string, manager: string): Promise<string> {
  const admin = await signIn(url, ADMIN)
  const hour = (zone: string) => Number(clockIn(zone).slice(0, 2))
  const zones = ['Europe/Ljubljana', 'America/New_York', 'Pacific/Honolulu', 'Asia/Tokyo']
  const time_zone = zones.find((zone) => hour(zone) >= 8 && hour(zone) < 20) ?? ''
  const address = { street: 'Cesta 1', postcode: '4260', city: 'Bled', municipality: 'Bled' }
  const venue = await admin('POST', '/venues', {
    ...{ network_id, name: 'Dnevna hiša', slug: 'dnevna', address, time_zone, contact_email: 'd@example.org' },
  })
  const hours = await admin('GET', `/venues/${venue.id}/opening-hours`)
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const weekly = [{ days, opens: '00:00', closes: '24:00' }]
  await admin('PUT', `/venues/${venue.id}/opening-hours`, { weekly, holidays: 'open' }, hours.version)
  const studio = await admin('POST', `/venues/${venue.id}/spaces`, {
    ...{ name: 'Atelje', kind: 'studio', capacity: 6, allocation: 'whole' },
  })
  const policy = await admin('GET', `/spaces/${studio.id}/policy`)
  const rules = { check_in_required: true, check_in_opens_minutes: 60 }
  await admin('PUT', `/spaces/${studio.id}/policy`, { public: rules }, policy.version)
  await admin('PUT', `/venues/${venue.id}/staff/${manager}`)
  const [ana, eva] = await Promise.all([signIn(url, MEMBER), signIn(url, OTHER)])
  const day = addDays(todayIn(time_zone), 3)
  const slot = { space_id: studio.id, title: 'Risanje', purpose: 'workshop' }
  const hers = await ana('POST', '/reservations', { ...slot, starts_at: `${day}T10:00`, ends_at: `${day}T11:00` })
  const range = { from: `${day}T10:00`, to: `${day}T11:00`, duration_minutes: 60 }
  await eva('POST', '/waiting-list', { ...slot, ...range })
  await ana('POST', `/reservations/${hers.id}/cancel`, {})
  return studio.id ?? ''
}

/** What the member has, out of the stories' way: a reservation, a series and an organisation. */
async function reserve(url: string, space_id: string) {
  const ana = await signIn(url, MEMBER)
  const in_months = (months: number) => `${new Date(Date.now() + months * 30 * 86_400_000).toISOString().slice(0, 10)}T`
  const at = (date: string) => ({ space_id, starts_at: `${date}16:00`, ends_at: `${date}17:00`, purpose: 'rehearsal' })
  const reservation = await ana('POST', '/reservations', { ...at(in_months(10)), title: 'Vaja zbora' })
  const template = { ...at(in_months(11)), title: 'Klub' }
  const series = await ana('POST', '/series', {
    ...{ template, rrule: 'FREQ=DAILY;COUNT=2', on_conflict: 'all_or_nothing' },
  })
  const organisation = await ana('POST', '/organisations', {
    ...{ name: 'Zbor', legal_form: 'ngo', municipality: 'Kranj' },
  })
  const me = await ana('GET', '/me')
  return {
    member: me.id ?? '',
    reservation: reservation.id ?? '',
    series: series.id ?? '',
    organisation: organisation.id ?? '',
  }
}
