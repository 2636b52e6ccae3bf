// A flat that is booked by nights: three of them, found, reserved at once, and made longer.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addDays, todayIn } from '../src/time/instants'
import { browsing, settled, onOne, type Options } from './browser'
import { ADMIN, MEMBER, OTHER, signIn, type World } from './world'

const browser = browsing()
const DAY = addDays(todayIn('Europe/Ljubljana'), 12)

afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})

describe.each(onOne(0))('on $database', (world) => {
  let flat = ''
  beforeAll(async () => {
    const admin = await signIn(world.url, ADMIN)
    const space = await admin('POST', `/venues/${world.venue}/spaces`, {
      ...{ name: 'Stanovanje za goste', kind: 'flat', capacity: 2, allocation: 'whole' },
      ...{ booked_by: 'nights', arrival: '15:00', departure: '10:00' },
    })
    flat = space.id ?? ''
    const policy = await admin('GET', `/spaces/${flat}/policy`)
    const rules = { min_duration_minutes: { value: 60 }, max_duration_minutes: { value: 7 * 1440 } }
    await admin('PUT', `/spaces/${flat}/policy`, { public: rules }, policy.version)
  })
  afterAll(async () => {
    const admin = await signIn(world.url, ADMIN)
    const { version } = await admin('GET', `/spaces/${flat}`)
    await admin('DELETE', `/spaces/${flat}?on_affected=cancel`, undefined, version)
  })

  it.each(['phone', 'desktop'] as const)('three nights are one reservation, on a %s', async (size) => {
    const page = await open(world, `/?date=${DAY}&kind=flat`, { size })
    await page.getByLabel('Koliko noči').selectOption('3 noči')
    await page.getByRole('button', { name: 'Poišči' }).click()
    // One tap to the reserving page, where the whole stay is kept, and one more.
    const whole = page.locator(`a[href*="ends_at=${addDays(DAY, 3)}"]`)
    expect(await whole.getAttribute('aria-label')).toMatch(/^Rezerviraj Stanovanje za goste/)
    await whole.click()
    await page.getByText('Zadržano za vas še').waitFor()
    await page.getByText('(3 noči)').waitFor()
    await page.getByText('Prihod od 15:00, odhod do 10:00').waitFor()
    await page.getByRole('button', { name: 'Rezerviraj' }).click()
    await page.getByRole('heading', { name: 'Rezervirano', level: 1 }).waitFor()
    const ana = await signIn(world.url, MEMBER)
    const { items } = (await ana('GET', `/reservations?mine=true&space_id=${flat}&status=confirmed`)) as unknown as {
      items: { id: string; starts_at: string; ends_at: string }[]
    }
    expect(items.map((one) => [one.starts_at.slice(0, 16), one.ends_at.slice(0, 16)])).toEqual([
      [`${DAY}T15:00`, `${addDays(DAY, 3)}T10:00`],
    ])

    await page.getByRole('link', { name: 'Podrobnosti in koledar' }).click()
    await page.getByText('(3 noči)').waitFor()
    await page.getByRole('link', { name: 'Spremeni' }).click()
    await page.getByLabel('Koliko noči').selectOption('5')
    expect(await page.getByLabel('Odhod').inputValue()).toBe(addDays(DAY, 5))
    await page.getByRole('button', { name: 'Shrani' }).click()
    await page.getByText('(5 noči)').waitFor()
    await ana('POST', `/reservations/${items[0]?.id}/cancel`, {})
  })

  it('the form follows the kind: rooms are looked for by hours, flats by nights', async () => {
    const page = await open(world, `/?date=${DAY}&kind=flat`, {})
    const nights = page.getByLabel('Koliko noči')
    expect(await nights.inputValue()).toBe('1440')
    await nights.selectOption('3 noči')
    await page.getByRole('button', { name: 'Poišči' }).click()
    await page.waitForURL(/minutes=4320/)
    await page.getByLabel('Kaj', { exact: true }).selectOption('Sejna soba')
    const long = page.getByLabel('Kako dolgo')
    await long.waitFor()
    expect(await long.inputValue()).toBe('120')
    await page.getByRole('button', { name: 'Poišči' }).click()
    await page.waitForURL(/kind=meeting_room&minutes=120/)
    await page.getByLabel('Kaj', { exact: true }).selectOption('Stanovanje')
    await nights.waitFor()
    expect(await nights.inputValue()).toBe('1440')
  })

  it('what somebody else has is waited for by its dates', async () => {
    const [first, last] = [addDays(DAY, 20), addDays(DAY, 23)]
    const eva = await signIn(world.url, OTHER)
    const wish = { space_id: flat, title: 'Zasedeno', purpose: 'other', starts_at: first, ends_at: last }
    const hers = await eva('POST', '/reservations', wish)
    const page = await open(world, `/spaces/${flat}/reserve?starts_at=${first}&ends_at=${last}`, {})
    await page.getByText('Termin je že zaseden').waitFor()
    await page.getByRole('link', { name: 'Sporoči mi, če se sprosti' }).click()
    await page.getByRole('button', { name: 'Čakaj na termin' }).waitFor()
    expect([await page.getByLabel('Prihod').inputValue(), await page.getByLabel('Odhod').inputValue()]).toEqual([
      ...[first, last],
    ])
    await page.getByRole('button', { name: 'Čakaj na termin' }).click()
    await page.waitForURL(/\/waiting-list$/)
    await page.getByText('3 noči').waitFor()
    const ana = await signIn(world.url, MEMBER)
    const { items } = (await ana('GET', '/waiting-list')) as unknown as {
      items: { id: string; space_id: string; duration_minutes: number; version: number }[]
    }
    const entry = items.find((one) => one.space_id === flat)
    expect(entry?.duration_minutes).toBe(3 * 1440)
    await ana('DELETE', `/waiting-list/${entry?.id}`, undefined, entry?.version)
    await eva('POST', `/reservations/${hers.id}/cancel`, {})
  })

  it('on the space’s page arrival and departure are chosen by keyboard, and longer than allowed says why', async () => {
    const page = await open(world, `/spaces/${flat}?date=${DAY}`, {})
    await page.getByText('Trajanje: največ 7 noči').waitFor()
    await page.getByLabel('Koliko noči').focus()
    await page.keyboard.press('2')
    await page.getByText('2 noči').first().waitFor()
    await page.waitForURL(/minutes=2880/)
    expect(await page.getByLabel('Odhod').inputValue()).toBe(addDays(DAY, 2))
    const start = page.getByRole('link', { name: /^Rezerviraj 2 noči: / }).first()
    await start.focus()
    await page.keyboard.press('Enter')
    await page.getByText('Zadržano za vas še').waitFor()
    // Other dates are kept instead, without going back.
    await page.getByLabel('Prihod').fill(DAY)
    await page.waitForURL(new RegExp(`starts_at=${DAY}&`))
    await page.getByText('(2 noči)').waitFor()
    await page.getByText('Zadržano za vas še').waitFor()
    await page.getByLabel('Koliko noči').selectOption('9')
    await page.getByText('Tega termina ne morete rezervirati').waitFor()
    await page.getByLabel('Koliko noči').selectOption('1')
    await page.getByText('(1 noč)').waitFor()
    await page.getByText('Zadržano za vas še').waitFor()
    // What is kept is confirmed by nobody whose dates say something else.
    const reserve = page.getByRole('button', { name: 'Rezerviraj', exact: true })
    await page.getByLabel('Odhod').fill(DAY)
    await page.getByText('Odhod je po prihodu').waitFor()
    expect(await reserve.isDisabled()).toBe(true)
    await page.getByLabel('Odhod').fill(addDays(DAY, 2))
    await page.getByText('(2 noči)').waitFor()
    await page.getByText('Zadržano za vas še').waitFor()
    expect(await reserve.isEnabled()).toBe(true)
    // While an arrival is typed there is none for a moment; how long it is stays.
    await page.getByLabel('Prihod').fill('')
    expect(await page.getByLabel('Odhod').inputValue()).toBe(addDays(DAY, 2))
    expect(await reserve.isDisabled()).toBe(true)
    await page.getByLabel('Prihod').fill(addDays(DAY, 1))
    expect(await page.getByLabel('Odhod').inputValue()).toBe(addDays(DAY, 3))
    await page.waitForURL(new RegExp(`starts_at=${addDays(DAY, 1)}&`))
    await page.getByText('Zadržano za vas še').waitFor()
  })
})

async function open(world: World, path: string, options: Options): Promise<Page> {
  const page = await browser.open(world, { ...options, as: MEMBER })
  await page.goto(path)
  await settled(page)
  return page
}
