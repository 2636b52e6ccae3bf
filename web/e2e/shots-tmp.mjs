// Pictures of every page, at phone and desktop width, in both themes, to be looked at: `npm run shots -- <address>`.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const OUT = join(import.meta.dirname, 'shots')
const base = process.argv[2] ?? 'http://127.0.0.1:8080'
const wanted = process.argv[3]
/** The demo's. */
const [EMAIL, PASSWORD] = ['ana.novak@studio-plavz.example', 'senca-lipe-nad-vodnjakom']

async function signIn(page) {
  await page.goto(`${base}/sign-in`)
  await page.getByText('Prijava z geslom').click()
  const form = page.locator('details[open] form')
  await form.getByLabel('E-naslov').fill(EMAIL)
  await form.getByLabel('Geslo').fill(PASSWORD)
  await form.getByRole('button', { name: 'Prijavi me' }).click()
  await page.getByRole('button', { name: 'Odjava' }).waitFor()
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
await mkdir(OUT, { recursive: true })
for (const width of [390, 1280]) {
  for (const theme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, locale: 'sl-SI' })
    const page = await context.newPage()
    const shoot = async (name) => {
      if (wanted && !name.includes(wanted)) return
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: join(OUT, `${name}-${width}-${theme}.png`), fullPage: true })
    }
    page.on('console', (message) => message.type() === 'error' && console.error(message.text()))
    await page.goto(`${base}/?people=6&in=Kranj,Jesenice&with=projektor`)
    await page.locator('article a.slot').first().waitFor()
    await shoot('find')
    const reserve = await page.locator('article a.slot').first().getAttribute('href')
    const space = await page.locator('article h3 a').first().getAttribute('href')
    await page.goto(`${base}/sign-in`)
    await page.locator('form').first().waitFor()
    await shoot('sign-in')
    await page.goto(base + space)
    await page.locator('.starts a').first().waitFor()
    await shoot('space')
    await page.goto(`${base}/nowhere`)
    await shoot('nowhere')
    await signIn(page)
    await page.goto(base + reserve)
    await page.locator('form').first().waitFor()
    await shoot('reserve')
    await page.goto(`${base}/reservations`)
    await page.locator('article, .empty').first().waitFor()
    await shoot('reservations')
    await context.close()
  }
}
await browser.close()
