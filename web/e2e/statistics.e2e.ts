// The coordination body's and a manager's dashboard, and the screen at a door.
import { afterEach, describe, expect, it } from 'vitest'
import { browsing, settled, worlds } from './browser'
import { ADMIN, OTHER, signIn as asPerson } from './world'

const browser = browsing()
afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})

const tomorrow = new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10)
const day = `${tomorrow}..${tomorrow}`

/** The last of the staff can't go, so the administrator stays in their stead. */
async function leave(admin: Awaited<ReturnType<typeof asPerson>>, venue: string, id: string): Promise<void> {
  const me = await admin('GET', '/me')
  await admin('PUT', `/venues/${venue}/staff/${me.id}`, {})
  await admin('DELETE', `/venues/${venue}/staff/${id}`)
}

describe.each(worlds.slice(0, 1))('the dashboard and the door', (world) => {
  it('a manager sees what a figure is made of and takes it along; outside the venue people are hidden', async () => {
    const [admin, eva] = await Promise.all([asPerson(world.url, ADMIN), asPerson(world.url, OTHER)])
    const { id } = await eva('GET', '/me')
    await admin('PUT', `/venues/${world.venue}/staff/${id}`, {})
    const reservation = await eva('POST', '/reservations', {
      ...{ space_id: world.room, title: 'Kolegij', purpose: 'meeting', attendees: 4 },
      ...{ starts_at: `${tomorrow}T16:00`, ends_at: `${tomorrow}T18:00` },
    })
    const page = await browser.open(world, { as: OTHER })
    // She coordinates a network besides, which would come first.
    await page.goto(`/statistics?at=${world.venue}&period=${day}`)
    await page.getByRole('heading', { name: 'Ključne številke' }).waitFor()
    await settled(page)
    // Two units from 8 to 20, one of them for two hours.
    await page.getByText('2 od 24 h').first().waitFor()
    await page.getByRole('button', { name: 'Iz česa je: Načrtovana zasedenost' }).click()
    const pieces = page.getByRole('dialog')
    await pieces.getByText('Skupaj 2 h').waitFor()
    const piece = pieces.getByRole('link', { name: 'Kolegij' })
    expect(await piece.getAttribute('href')).toBe(`/reservations/${reservation.id}`)
    await page.keyboard.press('Escape')
    await page.getByLabel('Vrsta prostora').selectOption('Sejna soba')
    await page.getByText('2 od 12 h').first().waitFor()
    await page.getByLabel('Primerjaj').selectOption('z letom prej')
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      ...{ at: world.venue, period: day, compare: 'year_before', kind: 'meeting_room' },
    })
    await page
      .getByRole('table', { name: 'Kdaj v tednu' })
      .getByRole('cell', { name: '0', exact: true })
      .first()
      .waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Izvozi: Kdaj v tednu, CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/\.csv$/)
    await page.goBack()
    expect(await page.getByLabel('Primerjaj').inputValue()).toBe('previous_period')
    await page.getByRole('button', { name: 'Odjava' }).click()

    // Whoever looks is not of the staff there.
    const network = await admin('POST', '/networks', {
      ...{ name: 'Posavje', slug: 'posavje', country: 'SI', time_zone: 'Europe/Ljubljana' },
    })
    const address = { street: 'Trg 1', postcode: '8270', city: 'Krško', municipality: 'Krško' }
    const venue = await admin('POST', '/venues', {
      ...{
        network_id: network.id,
        name: 'Mencingerjeva hiša',
        slug: 'mencinger',
        address,
        contact_email: 'm@example.org',
      },
    })
    await admin('POST', `/venues/${venue.id}/spaces`, {
      ...{ allocation: 'whole', name: 'Galerija', kind: 'multifunctional', capacity: 30 },
    })
    const body = await browser.open(world, { tongue: 'en', size: 'phone', as: ADMIN })
    await body.goto(`/statistics?at=${network.id}&period=${day}`)
    await body.getByRole('heading', { name: 'Key figures' }).waitFor()
    await settled(body)
    await body.getByText('numbers of people are shown for whole, closed months only').first().waitFor()
    expect(await body.getByRole('button', { name: /What it is made of/ }).count()).toBe(0)
    await body.getByText('No period is closed yet').waitFor()
    await body.getByText('The network has no indicators yet.').waitFor()
    await eva('POST', `/reservations/${reservation.id}/cancel`, {})
    await leave(admin, world.venue, id ?? '')
  })

  it('a door tells now and next, leads to booking and checking in, and outlives a lost network', async () => {
    const [admin, eva] = await Promise.all([asPerson(world.url, ADMIN), asPerson(world.url, OTHER)])
    const { id } = await eva('GET', '/me')
    await admin('PUT', `/venues/${world.venue}/staff/${id}`, {})
    const reservation = await eva('POST', '/reservations', {
      ...{ space_id: world.room, title: 'Koncert', purpose: 'event', public: true },
      ...{ starts_at: `${tomorrow}T09:00`, ends_at: `${tomorrow}T10:00` },
    })
    const page = await browser.open(world)
    const at = (time: string) => page.clock.setFixedTime(new Date(`${tomorrow}T${time}:00${offset}`))
    const offset = reservation.starts_at?.slice(-6) ?? ''
    await at('08:30')
    await page.goto(`/door/${world.room}`)
    await page.getByText('Prosto', { exact: true }).waitFor()
    await page.getByText('09:00–10:00 Koncert').waitFor()
    expect(await page.getByRole('banner').count()).toBe(0)
    await at('09:10')
    await page.reload()
    await page.getByText('Zasedeno').waitFor()
    await page.getByText('do 10:00').waitFor()

    await page.context().setOffline(true)
    await page.getByText('Brez povezave. Stanje ob 09:10.').waitFor()
    await page.getByText('Koncert').waitFor()
    await page.context().setOffline(false)
    await page.getByText('Stanje ob 09:10', { exact: true }).waitFor()
    browser.complaints.splice(0, Infinity, ...browser.complaints.filter((one) => !one.includes('ERR_INTERNET')))

    await at('10:05')
    await page.reload()
    const book = page.getByRole('link', { name: 'Rezerviraj 10:15–10:45' })
    expect(await book.getAttribute('href')).toContain(`/spaces/${world.room}/reserve?starts_at=${tomorrow}T10%3A15`)
    await page.getByRole('link', { name: 'Prijavi prihod' }).click()
    await page.getByLabel('Šestmestna koda').fill('12')
    await page.getByRole('button', { name: 'Prijavi prihod', exact: true }).click()
    await page.getByText('Koda ima šest števk.').waitFor()
    await page.getByLabel('Šestmestna koda').fill('000000')
    await page.getByRole('button', { name: 'Prijavi prihod', exact: true }).click()
    await page.getByText('Koda ni prava').waitFor()
    await eva('POST', `/reservations/${reservation.id}/cancel`, {})
    await leave(admin, world.venue, id ?? '')
  })
})
