// Chromium, and what the stories do in it.
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'
import { PASSWORD, session, type World } from './world'

export const worlds = inject('worlds')
/** Everything on both databases, each page in both languages at both widths (`make proof`). */
export const EVERY = process.env.PROSTOR_TEST_EVERY_LOOK === '1'
/** For stories of what lies in the client alone: one of the databases, and the other, too, where everything is. */
export const onOne = (which: 0 | 1) => (EVERY ? worlds : worlds.slice(which, which + 1))
export const SHOTS = join(import.meta.dirname, 'shots')
export const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const
export const WORDS = {
  sl: {
    locale: 'sl-SI',
    password: 'Prijava z geslom',
    email: 'E-naslov',
    secret: 'Geslo',
    sign_in: 'Prijavi me',
    out: 'Odjava',
  },
  en: {
    locale: 'en-GB',
    password: 'Sign in with a password',
    email: 'E-mail address',
    secret: 'Password',
    sign_in: 'Sign in',
    out: 'Sign out',
  },
} as const
export type Tongue = keyof typeof WORDS

export interface Options {
  tongue?: Tongue
  size?: keyof typeof SIZES
  theme?: 'light' | 'dark'
  zone?: string
  /** Who is signed in from the start, where signing in is not what is told. */
  as?: string
}

/** The browser that all files share. What a page complains of (errors, the content security policy) fails the story. */
export function browsing() {
  let browser: Browser
  const contexts: BrowserContext[] = []
  const complaints: string[] = []
  beforeAll(async () => {
    browser = await chromium.connect(inject('chromium'))
  })
  afterAll(() => browser.close())
  return {
    complaints,
    async open(
      world: World,
      { tongue = 'sl', size = 'desktop', theme = 'light', zone = 'Europe/Ljubljana', as }: Options = {},
    ) {
      const context = await browser.newContext({
        ...{ baseURL: world.url, viewport: SIZES[size], colorScheme: theme, timezoneId: zone },
        ...{ locale: WORDS[tongue].locale, reducedMotion: 'reduce' as const },
        ...(as ? { storageState: await session(world.url, as) } : {}),
      })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        // An answer of 4xx is told there, too, and is no fault of the page's.
        if (message.type() === 'error' && !message.text().includes('status of 4')) complaints.push(message.text())
      })
      page.on('request', (request) => {
        if (!request.url().startsWith(world.url)) complaints.push(`a foreign host: ${request.url()}`)
      })
      return page
    },
    async closeAll() {
      await Promise.all(contexts.splice(0).map((context) => context.close()))
    },
  }
}

/** Waits until all is there that the page has asked for: nothing is loading, and the letters are ours. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(
    () => !document.querySelector('[aria-busy=true], .bone') && document.fonts.status === 'loaded',
  )
}

/** Goes on to another page within the client, as a link does: nothing of it is loaded again. */
export async function follow(page: Page, href: string): Promise<void> {
  await page.evaluate((href) => {
    document.querySelector('h1')?.setAttribute('data-left', '')
    const link = document.createElement('a')
    link.href = href
    document.body.append(link)
    link.click()
    link.remove()
  }, href)
  await page.waitForFunction(() => document.querySelector('h1:not([data-left])'))
}

/** By password, from wherever the page offers it. */
export async function signIn(page: Page, email: string, tongue: Tongue = 'sl'): Promise<void> {
  const words = WORDS[tongue]
  await page.getByText(words.password).click()
  const form = page.locator('details[open] form')
  await form.getByLabel(words.email).fill(email)
  await form.getByLabel(words.secret).fill(PASSWORD)
  await form.getByRole('button', { name: words.sign_in }).click()
  await page.getByRole('button', { name: words.out }).waitFor()
}
