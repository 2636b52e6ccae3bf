// axe finds nothing on any page, in either language, at either width; each is photographed for people to look at. And
// the first page costs a visitor little.
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { ROUTES } from '../src/app/routes'
import { browsing, EVERY, follow, settled, SHOTS, signIn, SIZES, WORDS, worlds, type Tongue } from './browser'
import { ADMIN, MANAGER, MEMBER, type World } from './world'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** JavaScript that a visitor's first page may load, bytes as gzip has them. */
const FIRST_LOAD = 110_000

const SLOT = 'starts_at=2099-06-03T10:00:00%2B02:00&ends_at=2099-06-03T12:00:00%2B02:00'

/** What to open of each route; every route needs one. */
const EXAMPLES: Record<string, (world: World) => string> = {
  '/': () => '/?people=6&with=projektor',
  '/spaces/:id': (world) => `/spaces/${world.room}?minutes=60`,
  '/sign-in': () => '/sign-in',
  '/spaces/:id/reserve': (world) =>
    `/spaces/${world.hall}/reserve?starts_at=2099-06-01T10:00:00%2B02:00&ends_at=2099-06-01T12:00:00%2B02:00`,
  '/reservations': () => '/reservations',
  '/reservations/:id': (world) => `/reservations/${world.reservation}`,
  '/reservations/:id/change': (world) => `/reservations/${world.reservation}/change`,
  '/spaces/:id/repeat': (world) => `/spaces/${world.room}/repeat?${SLOT}`,
  '/series': () => '/series',
  '/series/:id': (world) => `/series/${world.series}`,
  '/spaces/:id/wait': (world) => `/spaces/${world.room}/wait?${SLOT}`,
  '/waiting-list': () => '/waiting-list',
  '/profile': () => '/profile',
  '/profile/security': () => '/profile/security',
  '/profile/calendars': () => '/profile/calendars',
  '/profile/keys': () => '/profile/keys',
  '/profile/data': () => '/profile/data',
  '/organisations': () => '/organisations',
  '/organisations/new': () => '/organisations/new',
  '/organisations/hand-over': () => '/organisations/hand-over',
  '/organisations/:id': (world) => `/organisations/${world.organisation}`,
  '/invitation': () => '/invitation#token=Zm9v',
  '/join-requests/:id': () => '/join-requests/joi_01h455vb4pex5vsknk084sn02q',
  '/check-in': () => '/check-in#token=Zm9v',
  '/headcount': () => '/headcount#token=Zm9v',
  '/confirm-address': () => '/confirm-address#token=Zm9v',
  '/restore-address': () => '/restore-address#token=Zm9v',
  '/venues': () => '/venues',
  '/venues/:id': (world) => `/venues/${world.venue}`,
  '/events': () => '/events',
  '/accessibility': () => '/accessibility',
  '/coordination': () => '/coordination',
  '/coordination/organisations': () => '/coordination/organisations',
  '/coordination/organisations/:id': (world) => `/coordination/organisations/${world.organisation}`,
  '/coordination/looks': (world) => `/coordination/looks?person=${world.member}`,
  '/coordination/:network': (world) => `/coordination/${world.network}`,
  '/coordination/:network/facts': (world) => `/coordination/${world.network}/facts`,
  '/coordination/:network/venues/new': (world) => `/coordination/${world.network}/venues/new`,
  '/coordination/:network/rules': (world) => `/coordination/${world.network}/rules`,
  '/coordination/:network/team': (world) => `/coordination/${world.network}/team`,
  '/coordination/:network/members': (world) => `/coordination/${world.network}/members`,
  '/coordination/:network/audit': (world) => `/coordination/${world.network}/audit`,
  '/coordination/:network/indicators': (world) => `/coordination/${world.network}/indicators`,
  '/coordination/:network/indicators/new': (world) => `/coordination/${world.network}/indicators/new`,
  '/coordination/:network/indicators/:indicator': (world) =>
    `/coordination/${world.network}/indicators/${world.indicator}`,
  '/statistics': () => '/statistics',
  '/door/:id': (world) => `/door/${world.room}`,
  '/door/:id/check-in': (world) => `/door/${world.room}/check-in`,
  '/manage': () => '/manage',
  '/manage/:venue': (world) => `/manage/${world.venue}?date=2099-06-01&view=day`,
  '/manage/:venue/today': (world) => `/manage/${world.venue}/today`,
  '/manage/:venue/approvals': (world) => `/manage/${world.venue}/approvals`,
  '/manage/:venue/close': (world) => `/manage/${world.venue}/close`,
  '/manage/:venue/setup': (world) => `/manage/${world.venue}/setup`,
  '/manage/:venue/setup/first': (world) => `/manage/${world.venue}/setup/first`,
  '/manage/:venue/setup/spaces/:space': (world) => `/manage/${world.venue}/setup/spaces/${world.room}`,
  '/manage/:venue/setup/venue': (world) => `/manage/${world.venue}/setup/venue`,
  '/manage/:venue/setup/spaces/:space/plan': (world) => `/manage/${world.venue}/setup/spaces/${world.hall}/plan`,
  '/manage/:venue/setup/hours': (world) => `/manage/${world.venue}/setup/hours`,
  '/manage/:venue/setup/rules': (world) => `/manage/${world.venue}/setup/rules`,
  '/manage/:venue/setup/prices': (world) => `/manage/${world.venue}/setup/prices`,
  '/manage/:venue/setup/members': (world) => `/manage/${world.venue}/setup/members`,
  '/manage/:venue/setup/guests': (world) => `/manage/${world.venue}/setup/guests`,
  '/manage/:venue/setup/staff': (world) => `/manage/${world.venue}/setup/staff`,
  '/manage/:venue/setup/import': (world) => `/manage/${world.venue}/setup/import`,
  '/manage/:venue/setup/outside': (world) => `/manage/${world.venue}/setup/outside`,
  '/manage/:venue/setup/feeds': (world) => `/manage/${world.venue}/setup/feeds`,
  '/manage/:venue/setup/audit': (world) => `/manage/${world.venue}/setup/audit`,
  nowhere: () => '/nowhere',
}

/** Who looks at a page that needs somebody. */
function reader(path: string): string {
  if (path.startsWith('/manage')) return MANAGER
  return ['/statistics', '/organisations/hand-over'].includes(path) || path.startsWith('/coordination') ? ADMIN : MEMBER
}

const browser = browsing()
afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})

async function faults(page: Page): Promise<string[]> {
  return page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }
    // What passes is neither worked out in detail nor sent over.
    const { violations } = await axe.run({ runOnly, resultTypes: ['violations'] })
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`)
  }, TAGS)
}

it('knows every route', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual([...ROUTES.map((route) => route.path), 'nowhere'].sort())
})

// On one database: the pages are the same on both.
it('are for everybody', { timeout: 240_000 }, async () => {
  await mkdir(SHOTS, { recursive: true })
  const [world] = worlds
  if (!world) throw new Error('there is a world')
  // Both languages at once: much of the time goes by waiting.
  const wrong = await Promise.all((Object.keys(WORDS) as Tongue[]).map((tongue) => look(world, tongue)))
  expect(wrong.flat()).toEqual([])
})

it('cost a visitor little at first', async () => {
  const [world] = worlds
  if (!world) throw new Error('there is a world')
  const page = await browser.open(world)
  const scripts = new Set<string>()
  page.on('request', (request) => void (request.url().endsWith('.js') && scripts.add(request.url())))
  await page.goto('/')
  await settled(page)
  const gzipped = { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } }
  const answers = await Promise.all([...scripts].map((script) => fetch(script, gzipped)))
  const sizes = answers.map((answer) => Number(answer.headers.get('content-length')))
  expect(sizes.length).toBeGreaterThan(2)
  expect(sizes).not.toContain(0)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  console.log(`The first page: ${(total / 1000).toFixed(1)} kB of JavaScript in ${sizes.length} files.`)
  expect(total).toBeLessThanOrEqual(FIRST_LOAD)
})

/** Opens every page at each width (else Slovenian on a phone and English on a desk), and tells what is wrong with which. */
async function look(world: World, tongue: Tongue): Promise<string[]> {
  const theme = tongue === 'sl' ? 'light' : 'dark'
  const usual = tongue === 'sl' ? 'phone' : 'desktop'
  const page = await browser.open(world, { tongue, theme })
  // Through the debugger: the content security policy lets no inline script in.
  await page.addInitScript(axe)
  const wrong: string[] = []
  const examine = async (path: string) => {
    const name = path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home'
    const href = EXAMPLES[path]?.(world) ?? path
    // By the address where every look counts; else as people go, which takes half the time.
    await (EVERY ? page.goto(href) : follow(page, href))
    await settled(page)
    for (const [size, viewport] of Object.entries(SIZES).filter(([size]) => EVERY || size === usual)) {
      await page.setViewportSize(viewport)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      const found = [...(await faults(page)), ...(wide ? ['wider than the screen'] : [])]
      wrong.push(...found.map((fault) => `${path} (${tongue}, ${size}): ${fault}`))
      await page.screenshot({
        path: join(SHOTS, `${name}-${size}-${theme}.jpeg`),
        quality: 80,
        type: 'jpeg',
        fullPage: true,
      })
    }
  }
  // One's reservation opens without a session for those who come by a mail's link.
  const own = (path: string) => path === '/reservations/:id'
  const needing = ROUTES.filter((route) => route.needs ?? own(route.path)).map((route) => route.path)
  await page.goto('/accessibility')
  for (const path of Object.keys(EXAMPLES).filter((path) => !needing.includes(path))) await examine(path)
  for (const person of [MEMBER, MANAGER, ADMIN]) {
    await page.context().clearCookies()
    await page.goto('/sign-in')
    await signIn(page, person, tongue)
    for (const path of needing.filter((path) => reader(path) === person)) await examine(path)
  }
  return wrong
}
