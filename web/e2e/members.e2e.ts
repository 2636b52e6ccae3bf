// What members do with what is theirs: the slot kept while they say what they want, one reservation's page, a series
// over the change of clocks, waiting for a slot, their organisation, and their account.
import { createHmac } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { weekday } from '../src/time/instants'
import { browsing, settled, signIn, worlds } from './browser'
import { ADMIN, caller, code, MEMBER, OTHER, PASSWORD, signIn as asPerson, token, until, type World } from './world'

const browser = browsing()
afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})

const slot = (from: string, to: string) => new URLSearchParams({ starts_at: from, ends_at: to })
const reserve = (space: string, from: string, to: string) => `/spaces/${space}/reserve?${slot(from, to)}`

/** What an authenticator shows now (RFC 6238). */
function totp(secret: string): string {
  const bits = [...secret.replace(/[^A-Z2-7]/gi, '').toUpperCase()]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((octet) => parseInt(octet, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(step).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fff_ffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** Tomorrow, as the venue's zone has it, so many days on. */
function day(ahead: number): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Ljubljana' }).format(Date.now())
  return new Date(Date.parse(`${today}T00:00Z`) + ahead * 86_400_000).toISOString().slice(0, 10)
}

/** The Wednesday before the venue's clocks change next, with the offset that holds till then. */
function beforeChange(): { date: string; offset: string } {
  const offset = (at: number) =>
    new Intl.DateTimeFormat('en', { timeZone: 'Europe/Ljubljana', timeZoneName: 'longOffset' })
      .format(at)
      .replace(/.*GMT/, '')
  for (let ahead = 10; ; ahead++) {
    const [date, next] = [day(ahead), day(ahead + 7)]
    const now = offset(Date.parse(`${date}T12:00Z`))
    const wednesday = weekday(date) === 3
    if (wednesday && now !== offset(Date.parse(`${next}T12:00Z`))) return { date, offset: now }
  }
}

async function open(world: World, path: string, size: 'phone' | 'desktop' = 'phone', who = MEMBER) {
  const page = await browser.open(world, { size, as: who })
  await page.goto(path)
  await settled(page)
  return page
}

// The database decides who has a slot, and which version stands.
describe.each(worlds)('on $database', (world) => {
  it('keeps the slot visibly, changes it, is told of a stale edit with both versions, and cancels', async () => {
    const eva = await asPerson(world.url, OTHER)
    const ana = await asPerson(world.url, MEMBER)
    const [from, to] = [`${day(9)}T09:00:00Z`, `${day(9)}T10:00:00Z`]
    const page = await open(world, reserve(world.room, from, to))
    await page.getByText('Zadržano za vas še').waitFor()
    const wish = { space_id: world.room, starts_at: from, ends_at: to, title: 'Prepozno', purpose: 'meeting' }
    await expect(eva('POST', '/reservations', wish)).rejects.toThrow('slot_taken')
    await page.getByLabel('Koliko vas pride').fill('4')
    await page.getByRole('button', { name: 'Rezerviraj' }).click()
    await page.getByRole('heading', { name: 'Rezervirano', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Podrobnosti in koledar' }).click()
    await page.getByRole('heading', { name: 'Sestanek', level: 1 }).waitFor()
    await page.getByText('Sestanek, 4 osebe').waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'V koledar' }).click(),
    ])
    expect(await text(await file.createReadStream())).toContain('BEGIN:VEVENT')

    await page.getByRole('link', { name: 'Spremeni' }).click()
    await page.getByLabel('Koliko vas pride').fill('6')
    const id = new URL(page.url()).pathname.split('/')[2] ?? ''
    const now = await ana('GET', `/reservations/${id}`)
    await ana('PATCH', `/reservations/${id}`, { title: 'Kolegij' }, now.version)
    await page.getByRole('button', { name: 'Shrani' }).click()
    const both = page.getByRole('alert', { name: 'Medtem je rezervacijo spremenil nekdo drug' })
    await both.waitFor()
    expect(await both.getByRole('row').allInnerTexts()).toHaveLength(3)
    await both.getByRole('button', { name: 'Shrani mojo spremembo' }).click()
    await page.getByRole('heading', { name: 'Kolegij', level: 1 }).waitFor()
    await page.getByText('Sestanek, 6 oseb').waitFor()

    await page.getByRole('button', { name: 'Podaljšaj' }).click()
    await page.getByRole('button', { name: 'Podaljšaj za 1 h', exact: true }).click()
    await page.getByText(/Podaljšano do/).waitFor()
    await page.getByRole('button', { name: 'Odpovej' }).click()
    await page.getByRole('dialog').getByLabel('Zakaj odpovedujete').fill('Bolezen')
    await page.getByRole('dialog').getByRole('button', { name: 'Odpovej' }).click()
    await page.getByText('odpovedano', { exact: true }).waitFor()
  })

  it('repeats over the change of clocks, sees what is taken before saying yes, and gives up what follows', async () => {
    const eva = await asPerson(world.url, OTHER)
    const taken = { space_id: world.room, title: 'Zasedeno', purpose: 'meeting' }
    const { date, offset } = beforeChange()
    const after = new Date(Date.parse(`${date}T00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10)
    const times = { starts_at: `${after}T10:00`, ends_at: `${after}T11:00` }
    const hers = await eva('POST', '/reservations', { ...taken, ...times })
    const query = slot(`${date}T10:00:00${offset}`, `${date}T11:00:00${offset}`)
    const page = await open(world, `/spaces/${world.room}/repeat?${query}`, 'desktop')
    await page.getByLabel('Število terminov').fill('4')
    const rows = page.getByRole('region', { name: 'Kaj bo nastalo' }).getByRole('listitem')
    await page.getByText('1 termin ni na voljo in bo izpuščen.').waitFor()
    await page.getByRole('button', { name: 'Rezerviraj 3 termine' }).waitFor()
    const said = await rows.allInnerTexts()
    expect(said.map((text) => /10:00–11:00/.test(text))).toEqual([true, true, true, true])
    expect(said[1]).toContain('zasedeno')
    await page.getByRole('button', { name: 'Rezerviraj 3 termine' }).click()
    await page.getByText('Pred vami so 3 termini.').waitFor()
    await page
      .getByRole('button', { name: /Odpovej od tu/ })
      .nth(1)
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Odpovej' }).click()
    await page.getByText('Pred vami je 1 termin.').waitFor()
    await page.getByRole('button', { name: 'Odpovej vse, kar še bo' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Odpovej' }).click()
    await page.getByText('Pred vami je 0 terminov.').waitFor()
    await eva('POST', `/reservations/${hers.id}/cancel`, {})
  })
})

describe.each(worlds.slice(0, 1))('in the browser', (world) => {
  it('holds a slot again after its time ran out', async () => {
    const page = await browser.open(world, { size: 'phone' })
    await page.clock.install()
    await page.goto(`/sign-in?next=${encodeURIComponent(reserve(world.room, `${day(8)}T09:00Z`, `${day(8)}T10:00Z`))}`)
    await signIn(page, MEMBER)
    await page.getByText('Zadržano za vas še').waitFor()
    await page.getByLabel('Naslov').fill('Zbor')
    await page.clock.fastForward('11:00')
    await page.getByText('Termin ni več zadržan za vas').waitFor()
    await page.getByRole('button', { name: 'Zadrži znova' }).click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
    expect(await page.getByLabel('Naslov').inputValue()).toBe('Zbor')
    // Leaving lets it go.
    const gone = page.waitForResponse((response) => response.url().endsWith('/cancel'))
    await page.getByRole('button', { name: 'Meni' }).click()
    await page.getByRole('link', { name: 'Najdi prostor' }).click()
    expect((await gone).ok()).toBe(true)
  })

  it('chooses a desk on the plan by keyboard, is told of one taken meanwhile, and finds its own marked', async () => {
    const [admin, eva] = [await asPerson(world.url, ADMIN), await asPerson(world.url, OTHER)]
    const named = ['1', '2', '3', '4', '5', '6'].map((number) => ({ label: `Miza ${number}` }))
    const area = await admin('POST', `/venues/${world.venue}/spaces`, {
      ...{ name: 'Mize pri oknu', kind: 'desk_area', capacity: 1, allocation: 'each', units: named },
    })
    const units = (area as unknown as { units: { id: string }[] }).units.map((unit) => unit.id)
    // Two rows of three.
    const stand = (unit_id: string, n: number) => ({
      ...{ unit_id, x: 20 + (n % 3) * 150, y: 60 + Math.floor(n / 3) * 160, width: 140, height: 70 },
    })
    await admin('PUT', `/spaces/${area.id}/plan`, { width: 500, height: 400, units: units.map(stand) }, 1)
    const [from, to] = [`${day(7)}T09:00:00Z`, `${day(7)}T10:00:00Z`]
    const wish = { space_id: area.id, starts_at: from, ends_at: to, title: 'Zasedeno', purpose: 'coworking' }
    await eva('POST', '/reservations', { ...wish, unit_ids: [units[1]] })
    const page = await open(world, reserve(area.id ?? '', from, to))
    await page.getByText('Vseeno mi je (zadržano: Miza 1)').waitFor()
    await page.getByLabel('Želim izbrati').focus()
    await page.keyboard.press('Space')
    const plan = page.getByRole('group', { name: 'Tloris: Mize pri oknu' })
    await plan.getByRole('checkbox', { name: 'Miza 2, zasedeno' }).waitFor()
    const kept = () => page.waitForResponse((said) => said.request().method() === 'PATCH' && said.ok())
    const first = kept()
    for (const key of ['Tab', 'ArrowRight', 'Space', 'ArrowDown', 'Space']) await page.keyboard.press(key)
    await plan.getByRole('checkbox', { name: 'Miza 5, izbrano', checked: true }).waitFor()
    expect(await page.getByRole('checkbox', { name: 'Miza 5', exact: true }).isChecked()).toBe(true)
    await first
    await eva('POST', '/reservations', { ...wish, unit_ids: [units[5]] })
    for (const key of ['ArrowRight', 'Space']) await page.keyboard.press(key)
    await page.getByText('Medtem zasedeno: Miza 6. Za vas zadržano: Miza 5.').waitFor()
    const second = kept()
    for (const key of ['ArrowUp', 'Space']) await page.keyboard.press(key)
    await second
    await page.getByRole('button', { name: 'Rezerviraj' }).click()
    await page.getByRole('link', { name: 'Podrobnosti in koledar' }).click()
    await page.getByRole('img', { name: 'Tloris: Mize pri oknu. Označeno: Miza 3.' }).waitFor()
    await admin('DELETE', `/spaces/${area.id}?on_affected=cancel`, undefined, area.version)
  })

  it('reads one’s reservations without a network, and leaves nothing of them after signing out', async () => {
    const page = await open(world, '/reservations', 'phone')
    await page.getByRole('heading', { name: 'Vaja zbora' }).waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.waitForFunction(async () => {
      const kept = await (await caches.open('prostor-shell-1')).keys()
      return kept.some((one) => one.url.includes('Reservations')) && kept.some((one) => one.url.endsWith('/'))
    })
    await page.context().setOffline(true)
    await page.reload()
    await page.getByText(/Ni povezave/).waitFor()
    await page.getByRole('heading', { name: 'Vaja zbora' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Poskusi znova' }).click()
    await page.getByText(/Ni povezave/).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Odjava' }).click()
    await page.getByText('Odjavljeni ste.').waitFor()
    const left = await page.evaluate(async () => {
      const names = await caches.keys()
      const kept = await Promise.all(
        names.map(async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)),
      )
      return JSON.stringify([{ ...localStorage }, kept])
    })
    expect(left).not.toMatch(/Vaja|kept|api\/|Ana/)
    const others = browser.complaints.splice(0).filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED'))
    expect(others).toEqual([])
  })

  it('waits for a taken slot, and no longer', async () => {
    const eva = await asPerson(world.url, OTHER)
    const [from, to] = [`${day(10)}T09:00:00Z`, `${day(10)}T10:00:00Z`]
    const hers = await eva('POST', '/reservations', {
      ...{ space_id: world.room, starts_at: from, ends_at: to, title: 'Zasedeno', purpose: 'meeting' },
    })
    const page = await open(world, reserve(world.room, from, to))
    await page.getByRole('link', { name: 'Sporoči mi, če se sprosti' }).click()
    await page.getByRole('button', { name: 'Čakaj na termin' }).click()
    await page.getByRole('heading', { name: 'Čakalni seznam', level: 1 }).waitFor()
    await page.getByRole('button', { name: /Ne čakaj več/ }).click()
    await page.getByText('Ne čakate več.').waitFor()
    await eva('POST', `/reservations/${hers.id}/cancel`, {})
  })

  it('takes what it waited for, and checks in by the mail’s link without signing in', async () => {
    const eva = await asPerson(world.url, OTHER)
    await until(async () => {
      const { items } = (await eva('GET', '/waiting-list')) as { items?: { state: string }[] }
      return items?.some((one) => one.state === 'offered')
    }, 'an offer')
    const page = await open(world, '/waiting-list', 'phone', OTHER)
    await page.getByText('ponudba za vas').waitFor()
    await page.getByRole('button', { name: 'Vzemi termin' }).click()
    await page.getByRole('heading', { name: 'Risanje', level: 1 }).waitFor()
    await eva('POST', `/reservations/${new URL(page.url()).pathname.split('/')[2]}/cancel`, {})

    const next = Math.ceil(Date.now() / 900_000) * 900_000
    const [starts_at, ends_at] = [next, next + 3_600_000].map((at) => new Date(at).toISOString())
    const now = await eva('POST', '/reservations', {
      ...{ space_id: world.studio, title: 'Zdaj', purpose: 'workshop', starts_at, ends_at },
    })
    const visitor = await browser.open(world, { size: 'phone' })
    await visitor.goto(`/check-in#token=${await token(world.mail, OTHER, '/check-in')}`)
    await visitor.getByLabel('Koliko oseb je prišlo').fill('3')
    await visitor.getByRole('button', { name: 'Prijavi prihod' }).click()
    await visitor.getByRole('heading', { name: 'Dobrodošli', level: 1 }).waitFor()
    expect(await eva('GET', `/reservations/${now.id}`)).toMatchObject({ status: 'checked_in', headcount: 3 })
    await visitor.goto('/headcount#token=Zm9v')
    await visitor.getByLabel('Število oseb').fill('4')
    await visitor.getByRole('button', { name: 'Pošlji' }).click()
    await visitor.getByText('Povezava ne velja več').waitFor()
  })

  it('registers an organisation, and another asks to join it by its number', async () => {
    const number = '5043611'
    const page = await open(world, '/organisations/new')
    const fill = async (at: typeof page, name: string) => {
      await at.getByLabel('Ime', { exact: true }).fill(name)
      await at.getByLabel('Občina sedeža').fill('Kranj')
      await at.getByLabel(/Matična številka/).fill(number)
      await at.getByRole('button', { name: 'Registriraj' }).click()
    }
    await fill(page, 'Kovačija')
    await page.getByRole('heading', { name: 'Kovačija', level: 1 }).waitFor()
    const hers = await open(world, '/organisations/new', 'desktop', OTHER)
    await fill(hers, 'Kovačija Eva')
    await hers.getByText('Ta matična številka je že tu: Kovačija').waitFor()
    await hers.getByRole('button', { name: 'Prosi za pridružitev' }).click()
    await hers.getByText('čaka na odgovor').waitFor()
    // The owner's mail leads to the request itself.
    const ana = await asPerson(world.url, MEMBER)
    const organisation = new URL(page.url()).pathname
    const { items } = (await ana('GET', `${organisation}/join-requests`)) as { items?: { id: string }[] }
    await page.goto(`/join-requests/${items?.[0]?.id}`)
    await page.getByRole('heading', { name: 'Eva Kos → Kovačija' }).waitFor()
    await page.getByRole('button', { name: 'Sprejmi' }).click()
    await page.getByText('sprejeta', { exact: true }).waitFor()
    await page.goto(organisation)
    await page.getByRole('button', { name: 'Odstrani: Eva Kos' }).click()
    await page.getByRole('button', { name: 'Odstrani: Eva Kos' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Rezerviraj zanjo' }).click()
    await page.getByRole('heading', { name: /Prostor za delo/ }).waitFor()
  })

  it('keeps an account: language, sessions, calendar links, export, and giving it up', async () => {
    const email = 'nina@example.org'
    const anybody = caller(world.url)
    await anybody('POST', '/auth/register', { email, name: 'Nina Hribar', password: PASSWORD, locale: 'sl' })
    await anybody('POST', '/auth/link/redeem', { email, code: await code(world.mail, email), password: PASSWORD })
    const page = await open(world, '/profile', 'desktop', email)
    await page.getByLabel('Telefon').fill('+386 40 111 222')
    await page.getByRole('button', { name: 'Shrani' }).click()
    await page.getByText('Shranjeno.').waitFor()
    await page.goto('/profile/security')
    await page.getByRole('button', { name: 'Končaj vse druge prijave' }).click()
    await page.getByText('Prijava je končana.').waitFor()
    await page.locator('form').filter({ hasText: 'Nastavi drugi korak' }).getByLabel('Geslo').fill(PASSWORD)
    await page.getByRole('button', { name: 'Nastavi drugi korak' }).click()
    await page.getByRole('img', { name: 'Koda QR za aplikacijo za preverjanje' }).waitFor()
    await page.getByLabel('Koda iz aplikacije').fill(totp((await page.locator('code').first().innerText()).trim()))
    await page.getByRole('button', { name: 'Vklopi' }).click()
    await page.getByText('Obnovitvene kode', { exact: true }).waitFor()
    const recovery = (await page.locator('li > code').first().innerText()).trim()
    await page.getByRole('button', { name: 'Shranjeno imam' }).click()
    await page.getByText('vklopljen', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Odjava' }).click()
    await page.goto('/sign-in?next=/profile/calendars')
    await page.getByText('Prijava z geslom').click()
    const form = page.locator('details[open] form')
    await form.getByLabel('E-naslov').fill(email)
    await form.getByLabel('Geslo').fill(PASSWORD)
    await form.getByRole('button', { name: 'Prijavi me' }).click()
    await page.getByLabel('Drugi korak').fill(recovery)
    await page.getByRole('button', { name: 'Prijavi me' }).click()
    await page.getByRole('button', { name: 'Ustvari povezavo' }).click()
    await page.getByText('Povezava je pripravljena').waitFor()
    await page.getByRole('button', { name: 'Prekliči: Brez imena' }).click()
    await page.getByText('Povezava je preklicana.').waitFor()
    await page.goto('/profile/data')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Prenesi podatke (JSON)' }).click(),
    ])
    expect(await text(await file.createReadStream())).toContain(email)
    await page.getByRole('button', { name: 'Izbriši račun' }).click()
    await page.getByRole('dialog').getByLabel('Geslo').fill(PASSWORD)
    await page.getByRole('dialog').getByRole('button', { name: 'Izbriši račun' }).click()
    await page.getByText('Račun je izbrisan.').waitFor()
    await expect(anybody('POST', '/auth/login', { email, password: PASSWORD })).rejects.toThrow('401')
  })
})
