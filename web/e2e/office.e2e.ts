// What a venue's office does besides the timeline: who works there, what was kept elsewhere, hours and facts, counting
// who came, fees, and booking on the nights when clocks change.
import { afterEach, describe, expect, it } from 'vitest'
import { addDays, offsetIn, todayIn } from '../src/time/instants'
import { browsing, follow, worlds } from './browser'
import { MANAGER, MEMBER, OTHER, signIn, token } from './world'

const browser = browsing()
afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})
const ZONE = 'Europe/Ljubljana'
const day = (ahead: number) => addDays(todayIn(ZONE), ahead)

/** The next night on which the clocks go back (or forward, `by` 60). */
function night(by: 60 | -60): string {
  const noon = (date: string) => offsetIn(ZONE, Date.parse(`${date}T12:00Z`))
  let ahead = 10
  while (noon(day(ahead)) - noon(day(ahead - 1)) !== by) ahead++
  return day(ahead)
}

// The database decides nothing of it that other stories don't tell.
describe.each(worlds.slice(0, 1))('in the office', (world) => {
  it('invites somebody, who accepts by the mail’s link and decides on a request; then she goes', async () => {
    const [ana, eva] = await Promise.all([signIn(world.url, MEMBER), signIn(world.url, OTHER)])
    const asked = await ana('POST', '/reservations', {
      ...{ space_id: world.hall, title: 'Sejem', purpose: 'event', starts_at: `${day(20)}T10:00` },
      ends_at: `${day(20)}T11:00`,
    })
    const page = await browser.open(world, { as: MANAGER })
    await page.goto(`/manage/${world.venue}/setup/staff`)
    await page.getByLabel('E-naslov').fill(OTHER)
    await page.getByRole('button', { name: 'Povabi' }).click()
    await page.getByText(`Vabilo poslano: ${OTHER}.`).waitFor()

    const hers = await browser.open(world, { as: OTHER, size: 'phone' })
    await hers.goto(`/invitation#token=${await token(world.mail, OTHER, '/invitation')}`)
    // The link alone does nothing.
    await hers.getByText(`Prijavljeni ste kot ${OTHER}.`).waitFor()
    expect(await eva('GET', '/me')).toMatchObject({ staff_of: [] })
    await hers.getByRole('button', { name: 'Sprejmi vabilo' }).click()
    await hers.getByText('Odslej ste v ekipi centra Layerjeva hiša.').waitFor()
    expect(new URL(hers.url()).hash).toBe('')

    await page.reload()
    const row = page.getByRole('listitem').filter({ hasText: 'Eva Kos' })
    await row.getByRole('button', { name: 'Naj samo odloča o prošnjah' }).click()
    await page.getByText('Eva Kos zdaj samo odloča o prošnjah.').waitFor()
    await hers.goto(`/reservations/${asked.id}`)
    await hers.getByRole('button', { name: 'Zavrni Sejem' }).click()
    await hers.getByLabel('Razlog, ki ga prejme organizator').fill('Ta dan je inventura.')
    await hers.getByRole('button', { name: 'Zavrni' }).click()
    await hers.getByText('zavrnjeno', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Odstrani: Eva Kos' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Odstrani' }).click()
    await page.getByText('Odstranjeno: Eva Kos.').waitFor()
  })

  it('brings in a list, counts who came, sets hours and facts, and subscribes to a calendar', async () => {
    const page = await browser.open(world, { as: MANAGER })
    const before = day(-1)
    await page.goto(`/manage/${world.venue}/setup/import`)
    const list = [
      'external_id,space,starts_at,ends_at,title,attendees',
      `1,Soba nad vrtom,${before}T10:00,${before}T11:00,Stari sestanek,5`,
      `2,Klet,${before}T10:00,${before}T11:00,Nikjer,5`,
    ]
    const buffer = Buffer.from(list.join('\n'))
    await page.getByLabel('Datoteka').setInputFiles({ name: 'seznam.csv', mimeType: 'text/csv', buffer })
    await page.getByRole('button', { name: 'Poskusi' }).click()
    await page.getByText('Poskusno: nič ni zapisano.').waitFor()
    await page.getByRole('cell', { name: 'napaka' }).waitFor()
    await page.getByRole('button', { name: 'Uvozi, kar gre' }).click()
    await page.getByText('Zapisano.', { exact: true }).waitFor()

    await follow(page, `/manage/${world.venue}/today?date=${before}`)
    await page.getByLabel('Brez rezervacije', { exact: true }).fill('3')
    await page.getByRole('button', { name: 'Shrani' }).click()
    await page.getByText('Obisk je zapisan.').waitFor()
    await page.getByRole('button', { name: 'Podrobnosti: Stari sestanek' }).click()
    await page.getByRole('dialog').getByLabel('Koliko jih je prišlo').fill('4')
    await page.getByRole('dialog').getByRole('button', { name: 'Shrani število' }).click()
    await page.getByText('(prišli 4)').waitFor()

    await follow(page, `/manage/${world.venue}/setup/hours`)
    await page.getByRole('button', { name: 'Dodaj izjemo' }).click()
    await page.getByLabel('Dan', { exact: true }).fill(day(200))
    await page.getByLabel('Razlog').fill('Inventura')
    await page.getByRole('button', { name: 'Shrani' }).click()
    await page.getByText('Shranjeno.').first().waitFor()
    await page.getByRole('button', { name: new RegExp(`^Odstrani: .*\\b${Number(day(200).slice(-2))}\\. `) }).click()
    await page.getByRole('button', { name: 'Shrani' }).click()
    await page.getByText('Shranjeno.').nth(1).waitFor()

    await follow(page, `/manage/${world.venue}/setup/venue`)
    await page.getByLabel('Kako se pride noter').fill('Zvonite pri vratih z lipo.')
    await page.getByRole('button', { name: 'Shrani' }).click()
    await page.getByText('Shranjeno.').nth(2).waitFor()

    await follow(page, `/manage/${world.venue}/setup/outside`)
    await page.getByLabel('Ime').fill('Galerija')
    await page.getByLabel('Naslov').fill('http://localhost/galerija.ics')
    await page.getByRole('button', { name: 'Naroči' }).click()
    await page.getByText('Ta naslov ni javen').waitFor()
    await page.getByLabel('Naslov').fill('https://calendar.example.org/galerija.ics')
    await page.getByRole('button', { name: 'Naroči' }).click()
    await page.getByText('Koledar Galerija je naročen.').waitFor()
    await page.getByRole('button', { name: 'Opusti: Galerija' }).click()
    await page.getByText('Opuščeno: Galerija.').waitFor()
  })

  it('books with extras and equipment on the nights when clocks change, settles a fee, and copies the space', async () => {
    const [meta, ana] = await Promise.all([signIn(world.url, MANAGER), signIn(world.url, MEMBER)])
    const made = (more: object) => meta('POST', `/venues/${world.venue}/spaces`, more)
    const [space, pool] = await Promise.all([
      made({ name: 'Studio', kind: 'studio', capacity: 6, allocation: 'whole' }),
      made({ name: 'Žarometi', kind: 'equipment', capacity: 0, allocation: 'each', units: [{ label: '1' }] }),
    ])
    const vat = { code: 'standard' }
    const tariff = await meta('GET', `/spaces/${space.id}/tariff`)
    const priced = {
      ...{ prices_include_vat: true, cancellation: { late: 'full' } },
      rates: [{ audience: 'public', pricing: { per_started: { minutes: 60, price: 1000 } }, vat }],
      extras: [{ name: 'Kava', basis: 'piece', price: 150, vat }],
    }
    await meta('PUT', `/spaces/${space.id}/tariff`, priced, tariff.version)
    const policy = await meta('GET', `/spaces/${space.id}/policy`)
    const rules = { public: { cancellation_notice_minutes: 100_000 } }
    await meta('PUT', `/spaces/${space.id}/policy`, rules, policy.version)
    const late = await ana('POST', '/reservations', {
      ...{ space_id: space.id, title: 'Snemanje', purpose: 'rehearsal', starts_at: `${day(2)}T10:00` },
      ends_at: `${day(2)}T11:00`,
    })
    await ana('POST', `/reservations/${late.id}/cancel`, {})

    const [autumn, spring] = [night(-60), night(60)]
    const page = await browser.open(world, { as: MANAGER })
    await page.goto(`/manage/${world.venue}?date=${day(2)}&r=${late.id}`)
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Odprto: 10 €').waitFor()
    await dialog.getByRole('button', { name: 'Plačano je' }).click()
    await dialog.getByText('Plačano: 10 €').waitFor()

    const slot = `from=${encodeURIComponent(`${spring}T01:00:00+01:00`)}&to=${encodeURIComponent(`${spring}T04:00:00+02:00`)}`
    await page.goto(`/manage/${world.venue}?date=${autumn}&book=${space.id}&${slot}`)
    await dialog.getByLabel('Od', { exact: true }).fill('02:30')
    await dialog.getByRole('button', { name: 'Vzemi 03:30' }).click()
    expect(await dialog.getByLabel('Od', { exact: true }).inputValue()).toBe('03:30')
    await dialog.getByLabel('Dan', { exact: true }).fill(autumn)
    await dialog.getByLabel('Od', { exact: true }).fill('02:30')
    await dialog.getByLabel(/^Drugič, ob 02:30/).check()
    await dialog.getByRole('button', { name: /^Več: Kava/ }).click()
    await dialog.getByRole('button', { name: 'Več: Žarometi' }).click()
    await dialog.getByLabel('Naziv').fill('Nočno snemanje')
    await dialog.getByText(/Cena: 21,50/).waitFor()
    await dialog.getByRole('button', { name: 'Rezerviraj' }).click()
    await page.getByText('Rezervirano: Nočno snemanje.').waitFor()
    const { items } = (await meta(
      'GET',
      `/reservations?venue_id=${world.venue}&from=${autumn}&to=${addDays(autumn, 1)}`,
    )) as {
      items?: unknown
    }
    expect(items).toMatchObject([{ starts_at: `${autumn}T02:30:00+01:00`, equipment: [{ space_id: pool.id }] }])

    // Closing that night: until the first 02:45 nobody is there, until the second somebody is.
    await follow(page, `/manage/${world.venue}/close`)
    await page.getByLabel('Kaj zaprete').selectOption({ label: 'Studio' })
    await page.getByLabel('Kdaj', { exact: true }).selectOption({ label: 'Del dneva' })
    await page.getByLabel('Dan', { exact: true }).fill(autumn)
    await page.getByLabel('Od', { exact: true }).fill('01:30')
    await page.getByLabel('Do', { exact: true }).fill('02:45')
    await page.getByRole('button', { name: 'Pokaži, koga zadeva' }).click()
    await page.getByText('Ne zadeva nobene rezervacije.').waitFor()
    await page.getByLabel(/^Drugič, ob 02:45/).check()
    await page.getByRole('button', { name: 'Pokaži, koga zadeva' }).click()
    await page.getByText('Zadeva 1 rezervacijo').waitFor()

    // What recurs means the first of the two, which is told.
    await page.getByText('Zapora, ki se ponavlja').click()
    const recurring = page.getByRole('form', { name: 'Zapora, ki se ponavlja' })
    await recurring.getByLabel('Kaj zaprete').selectOption({ label: 'Studio' })
    await recurring.getByLabel('Prvi dan').fill(autumn)
    await recurring.getByLabel('Zadnji dan').fill(autumn)
    await recurring.getByLabel('Od', { exact: true }).fill('01:30')
    await recurring.getByLabel('Do', { exact: true }).fill('02:45')
    await recurring.getByText(/Kar se ponavlja, velja za prvič/).waitFor()
    await recurring.getByRole('button', { name: 'Pokaži, koga zadeva' }).click()
    await recurring.getByText('Zaprto bo: Studio, 1 termin.').waitFor()
    await recurring.getByText('Ne zadeva nobene rezervacije.').waitFor()

    await follow(page, `/manage/${world.venue}/setup/spaces/${space.id}`)
    await page.getByRole('button', { name: 'Kopiraj prostor' }).click()
    await page.getByText('Prostor Studio (kopija) je pripravljen.').waitFor()
    const copy = new URL(page.url()).pathname.split('/').at(-1)
    for (const id of [space.id, pool.id, copy]) {
      const { version } = await meta('GET', `/spaces/${id}`)
      await meta('DELETE', `/spaces/${id}?on_affected=cancel`, undefined, version)
    }
  })
})
