// A member's ways: finding, signing in on the way, reserving, being too late, cancelling, going back, signing out.
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { browsing, signIn, worlds } from './browser'
import { caller, code, MEMBER, OTHER, signIn as asPerson, type World } from './world'

const browser = browsing()
afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})

/** What the page just reserved. */
async function giveBack(world: World, page: Page): Promise<void> {
  const href = await page.getByRole('link', { name: 'Podrobnosti in koledar' }).getAttribute('href')
  const ana = await asPerson(world.url, MEMBER)
  await ana('POST', `${href}/cancel`, {})
}

// What the database decides: who was first, and what waits for an answer.
describe.each(worlds)('on $database', (world) => {
  it('reserves in four taps, signing in on the way and coming back, and cancels', async () => {
    const page = await browser.open(world, { size: 'phone' })
    await page.goto('/?people=6&in=Kranj&with=projektor')
    await page.getByRole('link', { name: 'Rezerviraj Soba nad vrtom ob 09:00' }).click()
    await page.waitForURL('**/sign-in?next=**')
    await signIn(page, MEMBER)
    await page.waitForURL('**/reserve?**')
    await page.getByRole('button', { name: 'Rezerviraj' }).click()
    await page.getByRole('heading', { name: 'Rezervirano', level: 1 }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await page.getByRole('main').getByRole('link', { name: 'Moje rezervacije' }).click()
    await page.getByRole('heading', { name: 'Moje rezervacije', level: 1 }).waitFor()
    expect(await page.title()).toBe('Moje rezervacije · Prostor')
    await page.getByRole('button', { name: 'Odpovej Sestanek' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Odpovej' }).click()
    await page.getByText('Odpovedano: Sestanek.').waitFor()
    await page.getByRole('button', { name: 'Odpovej Sestanek' }).waitFor({ state: 'detached' })
  })

  it('is told that somebody was faster, and takes what is free instead', async () => {
    const page = await browser.open(world, { as: MEMBER })
    await page.goto(`/spaces/${world.room}`)
    const start = page.locator('.days > li').nth(1).getByRole('link').first()
    const slot = new URL((await start.getAttribute('href')) ?? '', world.url).searchParams
    const eva = await asPerson(world.url, OTHER)
    const taken = { space_id: world.room, title: 'Hitrejša', purpose: 'meeting' }
    const reservation = await eva('POST', '/reservations', {
      ...{ ...taken, starts_at: slot.get('starts_at'), ends_at: slot.get('ends_at') },
    })
    await start.click()
    const panel = page.getByRole('alert')
    await panel.getByRole('link').first().click()
    await page.waitForURL((url) => url.searchParams.get('starts_at') !== slot.get('starts_at'))
    await page.getByRole('button', { name: 'Rezerviraj' }).click()
    await page.getByRole('heading', { name: 'Rezervirano', level: 1 }).waitFor()
    await eva('POST', `/reservations/${reservation.id}/cancel`, {})
    await giveBack(world, page)
  })

  it('asks for approval where the venue wants it', async () => {
    const page = await browser.open(world, { as: MEMBER })
    await page.goto(`/spaces/${world.hall}`)
    await page
      .locator('.days > li')
      .nth(1)
      .getByRole('link', { name: /na odobritev/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Pošlji v odobritev' }).click()
    await page.getByRole('heading', { name: 'Poslano v odobritev', level: 1 }).waitFor()
    await giveBack(world, page)
  })
})

// What is the browser's and the pages' is the same on both.
describe.each(worlds.slice(0, 1))('in the browser', (world) => {
  it('signs in by the code of a mail, stays signed in, and leaves nothing behind', async () => {
    const page = await browser.open(world, { zone: 'America/New_York' })
    await page.goto('/sign-in?next=/reservations')
    await page.locator('form').first().getByLabel('E-naslov').fill(OTHER)
    await page.getByRole('button', { name: 'Pošlji mi kodo' }).click()
    await page.getByLabel('Koda iz pošte').fill('000000')
    await page.getByRole('button', { name: 'Prijavi me' }).click()
    await page.getByText('Koda ni prava').waitFor()
    await page.getByLabel('Koda iz pošte').fill(await code(world.mail, OTHER, 2))
    await page.getByRole('button', { name: 'Prijavi me' }).click()
    await page.getByRole('heading', { name: 'Moje rezervacije', level: 1 }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Odjava' }).waitFor()
    const [cookie] = await page.context().cookies()
    expect([cookie?.name, cookie?.httpOnly, cookie?.sameSite]).toEqual(['prostor_refresh', true, 'Strict'])
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    )
    expect(stored).not.toMatch(/\bey[\w-]{20}|refresh/)
    await page.getByRole('button', { name: 'Odjava' }).click()
    await page.getByText('Odjavljeni ste.').waitFor()
    expect(await page.context().cookies()).toEqual([])
    await page.goto('/reservations')
    await page.waitForURL('**/sign-in?next=%2Freservations')
  })

  it('sees the venue’s time, and one’s own where it differs', async () => {
    const page = await browser.open(world, { zone: 'America/New_York' })
    await page.goto(`/spaces/${world.room}`)
    await page.getByText(/Ure veljajo za kraj prostora: Europe\/Ljubljana, pri vas/).waitFor()
  })

  it('moves about by keyboard and the browser’s own buttons', async () => {
    const page = await browser.open(world)
    await page.goto('/')
    await page.locator('article').first().waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Na vsebino')
    await page.getByRole('link', { name: 'Soba nad vrtom', exact: true }).focus()
    const scrolled = await page.evaluate(() => scrollY)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Soba nad vrtom', level: 1 }).waitFor()
    await page.goBack()
    await page.locator('article').first().waitFor()
    await page.waitForFunction((top) => Math.abs(scrollY - top) < 3, scrolled)
    await page.getByRole('button', { name: 'EN, English' }).click()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    await page.getByRole('heading', { name: /Space to work/ }).waitFor()
  })

  it('opens the menu of a phone by its button and closes it by Escape', async () => {
    const page = await browser.open(world, { size: 'phone' })
    await page.goto('/events')
    const menu = page.getByRole('button', { name: 'Meni' })
    await menu.click()
    const here = page.getByRole('navigation', { name: 'Glavni meni' }).getByRole('link', { name: 'Dogodki' })
    expect(await here.getAttribute('aria-current')).toBe('page')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    expect(await here.count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('false')
    await menu.click()
    await page.getByRole('link', { name: 'Najdi prostor' }).click()
    await page.getByRole('heading', { name: /Prostor za delo/ }).waitFor()
    expect(await menu.getAttribute('aria-expanded')).toBe('false')
  })

  it('finds, reserves and cancels by keyboard alone', async () => {
    const page = await browser.open(world, { as: MEMBER })
    // As many steps as it takes to what is named so, seeing all the way where one is.
    const to = async (name: RegExp) => {
      for (let step = 0; step < 60; step++) {
        await page.keyboard.press('Tab')
        const at = await page.evaluate(() => {
          const { activeElement: here } = document
          if (!here) return { name: '', seen: false }
          const { outlineStyle, outlineWidth } = getComputedStyle(here)
          const name = here.getAttribute('aria-label') ?? here.textContent
          return { name: name.trim(), seen: outlineStyle !== 'none' && outlineWidth !== '0px' }
        })
        if (!name.test(at.name)) continue
        expect(at).toMatchObject({ seen: true })
        return page.keyboard.press('Enter')
      }
      throw new Error(`no way to ${name}`)
    }
    await page.goto('/?people=6&in=Kranj&with=projektor')
    await page
      .getByRole('link', { name: /^Rezerviraj Soba nad vrtom/ })
      .first()
      .waitFor()
    await to(/^Na vsebino$/)
    await to(/^Rezerviraj Soba nad vrtom/)
    await page.getByText('Zadržano za vas še').waitFor()
    await to(/^Rezerviraj$/)
    await page.getByRole('heading', { name: 'Rezervirano', level: 1 }).waitFor()
    await to(/^Podrobnosti in koledar$/)
    await page.getByRole('heading', { name: 'Sestanek', level: 1 }).waitFor()
    await to(/^Odpovej$/)
    await page.getByRole('dialog').waitFor()
    await to(/^Odpovej$/)
    await page.getByText('odpovedano', { exact: true }).waitFor()
  })

  it('cannot use the cookie from elsewhere', async () => {
    const plain = caller(world.url)
    await expect(plain('POST', '/auth/refresh', {})).rejects.toThrow('401')
  })
})
