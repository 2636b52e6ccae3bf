// axe finds nothing on any page, in either language, at either width; each is photographed for people to look at.
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { ROUTES } from '../src/app/routes'
import { browsing, SHOTS, signIn, SIZES, WORDS, worlds, type Tongue } from './browser'
import { MEMBER, type World } from './world'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What to open of each route; every route needs one. */
const EXAMPLES: Record<string, (world: World) => string> = {
  '/': () => '/?people=6&with=projektor',
  '/spaces/:id': (world) => `/spaces/${world.room}?minutes=60`,
  '/sign-in': () => '/sign-in',
  '/spaces/:id/reserve': (world) =>
    `/spaces/${world.hall}/reserve?starts_at=2099-06-01T10:00:00%2B02:00&ends_at=2099-06-01T12:00:00%2B02:00`,
  '/reservations': () => '/reservations',
  nowhere: () => '/nowhere',
}

const browser = browsing()
afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
}

async function faults(page: Page): Promise<string[]> {
  // Through the debugger: the content security policy lets no inline script in.
  await page.evaluate(axe)
  const found = await page.evaluate(
    (tags) => (window as unknown as { axe: { run: (o: object) => Promise<AxeResults> } }).axe.run({ runOnly: tags }),
    TAGS,
  )
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`)
}

it('knows every route', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual([...ROUTES.map((route) => route.path), 'nowhere'].sort())
})

// The pages are the same on both databases.
describe.each(worlds.slice(0, 1))('pages', (world) => {
  const tongues = (Object.keys(WORDS) as Tongue[]).map((tongue) => ({ tongue }))
  const sizes = Object.keys(SIZES) as (keyof typeof SIZES)[]

  // Both widths at once: most of the time goes by waiting.
  it.each(tongues)(
    'are for everybody: $tongue',
    async ({ tongue }) => {
      await mkdir(SHOTS, { recursive: true })
      const wrong = await Promise.all(sizes.map((size) => look(world, tongue, size)))
      expect(wrong.flat()).toEqual([])
    },
    90_000,
  )
})

/** Opens every page, and tells what is wrong with which. */
async function look(world: World, tongue: Tongue, size: keyof typeof SIZES): Promise<string[]> {
  const theme = tongue === 'sl' ? 'light' : 'dark'
  const page = await browser.open(world, { tongue, size, theme })
  const wrong: string[] = []
  const examine = async (path: string) => {
    const name = path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home'
    await page.goto(EXAMPLES[path]?.(world) ?? path)
    await settled(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    const found = [...(await faults(page)), ...(wide ? ['wider than the screen'] : [])]
    wrong.push(...found.map((fault) => `${path} (${size}): ${fault}`))
    await page.screenshot({ path: join(SHOTS, `${name}-${size}-${theme}.png`), fullPage: true })
  }
  const needing = ROUTES.filter((route) => route.needs).map((route) => route.path)
  for (const path of Object.keys(EXAMPLES).filter((path) => !needing.includes(path))) await examine(path)
  await page.goto('/sign-in')
  await signIn(page, MEMBER, tongue)
  for (const path of needing) await examine(path)
  return wrong
}
