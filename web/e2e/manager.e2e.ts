// A manager's ways: approving, booking for a guest, moving by keyboard and by mouse, closing tomorrow, a first room.
import { afterEach, describe, expect, it } from 'vitest'
import type { OpeningHours } from '../src/api/openapi.gen'
import { addDays, todayIn } from '../src/time/instants'
import { browsing, settled, signIn, worlds } from './browser'
import { png } from './picture'
import { MANAGER, MEMBER, signIn as asPerson } from './world'

const browser = browsing()
afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})
const DAY = addDays(todayIn('Europe/Ljubljana'), 9)

// What the database decides: what waits and what stands, and two people at once.
describe.each(worlds)('on $database', (world) => {
  it('approves with one tap, books for a guest, moves it, and is told when somebody was faster', async () => {
    const [ana, meta] = [await asPerson(world.url, MEMBER), await asPerson(world.url, MANAGER)]
    const times = { starts_at: `${DAY}T10:00`, ends_at: `${DAY}T12:00` }
    const asked = await ana('POST', '/reservations', {
      space_id: world.hall,
      title: 'Koncert',
      purpose: 'event',
      ...times,
    })
    const page = await browser.open(world)
    await page.goto(`/sign-in?next=/manage/${world.venue}/approvals`)
    await signIn(page, MANAGER)
    await page.getByRole('button', { name: 'Odobri Koncert' }).click()
    await page.getByText('Odobreno: Koncert.').waitFor()
    await page.getByText('Nihče ne čaka na odgovor').waitFor()

    await page.goto(`/manage/${world.venue}?date=${DAY}&view=day`)
    await page.getByRole('button', { name: /10:00–12:00, Koncert, Ana Novak, potrjeno/ }).waitFor()
    await page.getByRole('link', { name: 'Nova rezervacija' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Prostor').selectOption({ label: 'Soba nad vrtom' })
    await dialog.getByLabel('Od', { exact: true }).fill('09:00')
    await dialog.getByLabel('Do', { exact: true }).fill('10:00')
    await dialog.getByLabel('Naziv').fill('Obisk župana')
    await dialog.getByLabel('Za nekoga drugega').check()
    await dialog.getByLabel('Ime').fill('Jože Gost')
    await dialog.getByLabel('E-naslov').fill('joze@example.org')
    await dialog.getByText('Prosto, gre takoj.').waitFor()
    await dialog.getByRole('button', { name: 'Rezerviraj' }).click()
    await page.getByText('Rezervirano: Obisk župana.').waitFor()

    // By keyboard: half an hour later, asked before it is done; meanwhile somebody else changes it.
    const bar = page.getByRole('button', { name: /Obisk župana/ })
    await bar.focus()
    await page.keyboard.press('Alt+ArrowRight')
    await page.keyboard.press('Alt+ArrowRight')
    await page.keyboard.press('Enter')
    await dialog.getByText('Prosto, gre takoj.').waitFor()
    await dialog.getByRole('button', { name: 'Premakni' }).click()
    await page.getByText('Premaknjeno: Obisk župana.').waitFor()
    await page.getByRole('button', { name: /09:30–10:30, Obisk župana/ }).waitFor()
    const id = new URL(page.url()).searchParams.get('r') ?? ''
    const seen = await meta('GET', `/reservations/${id}`)
    await meta('PATCH', `/reservations/${id}`, { title: 'Obisk županje' }, seen.version)
    await dialog.getByRole('button', { name: 'Odpovej', exact: true }).click()
    await dialog.getByRole('button', { name: 'Odpovej rezervacijo' }).click()
    await dialog.getByText('Medtem je to spremenil nekdo drug').waitFor()
    await dialog.getByRole('button', { name: 'Zapri' }).click()

    // By keyboard to the row below, before what stands there.
    const row = (name: string) => page.getByRole('region', { name })
    const space = dialog.getByLabel('Prostor').locator('option:checked')
    await page.getByRole('button', { name: /Obisk županje/ }).focus()
    for (const key of ['ArrowDown', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(`Alt+${key}`)
    await page.keyboard.press('Enter')
    await dialog.getByText('Prosto, gre takoj.').waitFor()
    expect(await space.innerText()).toBe('Dvorana')
    await dialog.getByRole('button', { name: 'Premakni' }).click()
    await row('Dvorana')
      .getByRole('button', { name: /09:00–10:00, Obisk županje/ })
      .waitFor()
    await dialog.getByRole('button', { name: 'Zapri' }).click()

    // By mouse back to the first, an hour later.
    const [box, above] = [
      await page.getByRole('button', { name: /Obisk županje/ }).boundingBox(),
      await row('Soba nad vrtom').boundingBox(),
    ]
    if (!box || !above) throw new Error('the bar is there')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 1.5, above.y + above.height / 2, { steps: 6 })
    await page.mouse.up()
    await dialog.getByText('Prosto, gre takoj.').waitFor()
    expect(await dialog.getByLabel('Od', { exact: true }).inputValue()).toBe('10:00')
    expect(await space.innerText()).toBe('Soba nad vrtom')
    await dialog.getByRole('button', { name: 'Premakni' }).click()
    await row('Soba nad vrtom')
      .getByRole('button', { name: /10:00–11:00, Obisk županje/ })
      .waitFor()
    for (const one of [id, asked.id]) await meta('POST', `/reservations/${one}/cancel`, {})
  })
})

describe.each(worlds.slice(0, 1))('in the browser', (world) => {
  it('closes tomorrow seeing whom it affects, and opens it again', async () => {
    const meta = await asPerson(world.url, MANAGER)
    const tomorrow = addDays(todayIn('Europe/Ljubljana'), 1)
    const times = { starts_at: `${tomorrow}T14:00`, ends_at: `${tomorrow}T15:00` }
    await meta('POST', '/reservations', { space_id: world.room, title: 'Kolegij', purpose: 'meeting', ...times })
    const page = await browser.open(world, { size: 'phone' })
    await page.goto(`/sign-in?next=/manage/${world.venue}/close`)
    await signIn(page, MANAGER)
    await page.getByLabel('Razlog').fill('Poplava')
    await page.getByRole('button', { name: 'Pokaži, koga zadeva' }).click()
    await page.getByText('Zadeva 1 rezervacijo').waitFor()
    await page.getByText(/Kolegij, Meta Zupan/).waitFor()
    await page.getByLabel('Odpovej jih brez stroškov in jih obvesti').check()
    await page.getByRole('main').getByRole('button', { name: 'Zapri' }).click()
    await page.getByText('Zaprto: Ves center.').waitFor()
    await page.getByRole('button', { name: /^Odpri znova/ }).click()
    await page.getByText('Nič ni zaprtega vnaprej.').waitFor()
  })

  it('undoes a closing: what it replaced holds again, what was said since stays, and says so', async () => {
    const meta = await asPerson(world.url, MANAGER)
    const [short, other] = [3, 4].map((days) => addDays(todayIn('Europe/Ljubljana'), days)) as [string, string]
    const path = `/venues/${world.venue}/opening-hours`
    const { weekly, seasons, holidays, version } = await meta('GET', path)
    const hours = { weekly, seasons, holidays }
    const on = (date: string, closes: string) => ({ date, hours: [{ opens: '10:00', closes }], reason: null })
    const known = await meta('PUT', path, { ...hours, exceptions: [on(short, '14:00')] }, version)
    const closure = { first_date: short, last_date: other, reason: 'Popravilo', on_affected: 'keep' }
    await meta('POST', `/venues/${world.venue}/closures`, closure)
    const page = await browser.open(world)
    await page.goto(`/sign-in?next=/manage/${world.venue}/close`)
    await signIn(page, MANAGER)
    const again = page.getByRole('button', { name: /^Odpri znova/ })
    await again.nth(1).waitFor()
    expect(await again.count()).toBe(2)
    const closed = await meta('GET', path)
    expect(closed.version).toBe(known.version + 1)
    const shut = { date: short, hours: [], reason: 'Popravilo' }
    await meta('PUT', path, { ...hours, exceptions: [shut, on(other, '12:00')] }, closed.version)
    await again.first().click()
    await page.getByText('spet velja, kar je veljalo pred zaprtjem: 10:00–14:00.').waitFor()
    await page.getByText('Nič ni zaprtega vnaprej.').or(again).first().waitFor()
    const now = await meta('GET', path)
    expect((now.exceptions as unknown as OpeningHours['exceptions']).map((one) => one.hours)).toEqual([
      [{ opens: '10:00', closes: '14:00' }],
      [{ opens: '10:00', closes: '12:00' }],
    ])
    await meta('PUT', path, { ...hours, exceptions: [] }, now.version)
  })

  it('blocks a space every week seeing whom it affects, and opens one date and all that follow', async () => {
    const meta = await asPerson(world.url, MANAGER)
    const first = addDays(todayIn('Europe/Ljubljana'), 12)
    const times = { starts_at: `${addDays(first, 7)}T08:30`, ends_at: `${addDays(first, 7)}T09:30` }
    const met = await meta('POST', '/reservations', {
      space_id: world.room,
      title: 'Zbor',
      purpose: 'meeting',
      ...times,
    })
    const page = await browser.open(world, { size: 'phone' })
    await page.goto(`/sign-in?next=/manage/${world.venue}/close`)
    await signIn(page, MANAGER)
    await page.getByText('Zapora, ki se ponavlja').click()
    const form = page.getByRole('form', { name: 'Zapora, ki se ponavlja' })
    await form.getByLabel('Kaj zaprete').selectOption({ label: 'Soba nad vrtom' })
    await form.getByLabel('Prvi dan').fill(first)
    await form.getByLabel('Konec', { exact: true }).selectOption('count')
    await form.getByLabel('Število terminov').fill('3')
    await form.getByLabel('Razlog').fill('Čiščenje')
    await form.getByRole('button', { name: 'Pokaži, koga zadeva' }).click()
    await form.getByText('Zaprto bo: Soba nad vrtom, 3 termini.').waitFor()
    await form.getByText(/08:30–09:30.*Zbor, Meta Zupan/).waitFor()
    await form.getByRole('button', { name: 'Zapri' }).click()
    await page.getByText('Zaprto: Soba nad vrtom, 3 termini.').waitFor()
    const lift = page.getByRole('button', { name: 'Odpri zaporo: Čiščenje' })
    await lift.nth(2).waitFor()
    expect(await lift.count()).toBe(3)
    await lift.nth(1).click()
    await page.getByRole('dialog').getByRole('checkbox').check()
    await page.getByRole('dialog').getByRole('button', { name: 'Odpri znova' }).click()
    await expect.poll(() => lift.count()).toBe(1)
    await lift.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Odpri znova' }).click()
    await expect.poll(() => lift.count()).toBe(0)
    await meta('POST', `/reservations/${met.id}/cancel`, {})
  })

  it('shows the venue on photographs, which everybody sees', async () => {
    const page = await browser.open(world)
    await page.goto(`/sign-in?next=/manage/${world.venue}/setup/venue`)
    await signIn(page, MANAGER)
    const file = { name: 'procelje.png', mimeType: 'image/png', buffer: png(640, 400) }
    await page.locator('input[type=file]').setInputFiles([file])
    await page.getByText('1 fotografija je dodana').waitFor()
    await page.getByLabel('Kaj je na njej (slovensko)').fill('Pročelje z vhodom')
    await page.getByRole('button', { name: 'Shrani opis' }).click()
    await page.getByText('Opis je shranjen.').waitFor()
    await page.goto('/venues')
    const card = page.getByRole('article').filter({ has: page.getByRole('img', { name: 'Pročelje z vhodom' }) })
    await card.getByRole('link').click()
    const photo = page.getByRole('img', { name: 'Pročelje z vhodom' })
    await expect.poll(() => photo.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth > 0)).toBe(true)
    await page.getByRole('link', { name: 'Dvorana', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Dvorana' }).waitFor()
    await page.goto(`/manage/${world.venue}/setup/venue`)
    await page.getByRole('button', { name: 'Odstrani fotografijo 1' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Odstrani' }).click()
    await page.getByText('Brez fotografije').waitFor()
  })

  it('is led to a space, sets rules and prices, and tries what others would get', async () => {
    const page = await browser.open(world)
    await page.goto(`/sign-in?next=/manage/${world.venue}/setup/first`)
    await signIn(page, MANAGER)
    await page.getByLabel('Kako se imenuje').fill('Čitalnica')
    for (let step = 0; step < 3; step++) await page.getByRole('button', { name: 'Naprej' }).click()
    await page.getByLabel('Na uro').check()
    await page.getByLabel('Cena na začeto uro').fill('12,50')
    await page.getByRole('button', { name: 'Ustvari prostor' }).click()
    await page.getByRole('heading', { name: 'Prostor Čitalnica je pripravljen' }).waitFor()
    await page.getByRole('link', { name: 'Dopolnite podatke' }).click()

    // A photograph, and what is not one; everybody sees it on the card.
    const files = [
      { name: 'police.png', mimeType: 'image/png', buffer: png(640, 400) },
      { name: 'ni-slika.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg onload="alert(1)"/>') },
    ]
    await page.locator('input[type=file]').setInputFiles(files)
    await page.getByText('1 fotografija je dodana').waitFor()
    await page.getByText('Ni dodano: ni-slika.jpg').waitFor()
    await page.getByLabel('Kaj je na njej (slovensko)').fill('Police s knjigami')
    await page.getByRole('button', { name: 'Shrani opis' }).click()
    await page.getByText('Opis je shranjen.').waitFor()
    const setup = page.url()
    await page.goto('/')
    const card = page.getByRole('article').filter({ has: page.getByRole('link', { name: 'Čitalnica', exact: true }) })
    const photo = card.getByRole('img', { name: 'Police s knjigami' })
    await photo.scrollIntoViewIfNeeded()
    await expect.poll(() => photo.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth > 0)).toBe(true)
    await page.goto(setup)
    await page.getByRole('link', { name: 'Pravila' }).click()
    await page.getByRole('spinbutton', { name: 'Najdaljša rezervacija (min)' }).fill('60')
    await page.getByRole('button', { name: 'Shrani' }).click()
    await page.getByText('Shranjeno.').waitFor()
    await page.getByText('določa prostor').waitFor()
    await page.getByLabel('E-naslov osebe').fill('nova@example.org')
    await page.getByRole('button', { name: 'Preizkusi' }).click()
    await page.getByText('zavrnjeno').waitFor()
    await page.getByRole('heading', { name: /Cena: 25/ }).waitFor()
    await page.goto(`/manage/${world.venue}/setup`)
    await page.getByRole('link', { name: 'Uredi: Čitalnica' }).click()
    await settled(page)
    await page.getByRole('button', { name: 'Umakni iz ponudbe' }).click()
    await page.getByText('Umaknjeno iz ponudbe: Čitalnica.').waitFor()
  })
})
