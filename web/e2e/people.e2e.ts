// People around a venue and an organisation: a series answered as one, guests who ask what is held on them, members invited
// by address, an organisation given to whom it belongs, and another desk for a reservation that stands.
import { text } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { addDays, todayIn } from '../src/time/instants'
import { browsing, follow, onOne } from './browser'
import { ADMIN, caller, code, MANAGER, MEMBER, OTHER, PASSWORD, signIn, token, type World } from './world'

const browser = browsing()
afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})
const day = (ahead: number) => addDays(todayIn('Europe/Ljubljana'), ahead)

/** An account of this story alone. */
async function person(world: World, email: string, name: string) {
  const anybody = caller(world.url)
  await anybody('POST', '/auth/register', { email, name, password: PASSWORD, locale: 'sl' })
  await anybody('POST', '/auth/link/redeem', { email, code: await code(world.mail, email), password: PASSWORD })
  return signIn(world.url, email)
}

interface Occurrence {
  reservation_id: string
  status: string
}
const occurrences = (series: unknown) => (series as { occurrences: Occurrence[] }).occurrences

describe.each(onOne(1))('on $database', (world) => {
  it('answers a series with one tap, and is told when part of it was answered meanwhile', async () => {
    const [ana, meta] = await Promise.all([signIn(world.url, MEMBER), signIn(world.url, MANAGER)])
    const times = { starts_at: `${day(30)}T10:00`, ends_at: `${day(30)}T11:00` }
    const template = { space_id: world.hall, title: 'Krožek', purpose: 'workshop', ...times }
    const ask = (title: string, rrule: string) =>
      ana('POST', '/series', { template: { ...template, title }, rrule, on_conflict: 'all_or_nothing' })
    const series = await ask('Krožek', 'FREQ=WEEKLY;COUNT=3')
    const page = await browser.open(world, { as: MANAGER })
    await page.goto(`/manage/${world.venue}/today`)
    await page.getByRole('link', { name: '1 prošnja čaka na odgovor' }).click()
    const card = page.getByRole('article').filter({ hasText: 'Krožek' })
    await card.getByText(/vsak teden.*čakajo 3 termini/).waitFor()
    await card.getByText('Pokaži 3 termine').click()
    expect(await card.getByRole('listitem').count()).toBe(3)

    const [first, second] = occurrences(series)
    await meta('POST', `/reservations/${first?.reservation_id}/decline`, {})
    await card.getByRole('button', { name: 'Odobri vse 3 termine: Krožek' }).click()
    await card.getByText('Medtem je to spremenil nekdo drug').waitFor()
    await card.getByText(/Zdaj: čakata 2 termina.*Vi ste videli: čakajo 3 termini/).waitFor()
    // With one date left it is another question, and the one that was answered is gone.
    await meta('POST', `/reservations/${second?.reservation_id}/decline`, {})
    await card.getByRole('button', { name: 'Odobri 2 termina: Krožek' }).click()
    await page.getByText('Krožek: medtem je to spremenil nekdo drug').waitFor()
    await card.getByRole('button', { name: 'Odobri Krožek' }).click()
    await page.getByText('Odobreno: Krožek.').waitFor()
    await page.getByText('Nihče ne čaka na odgovor').waitFor()
    const after = occurrences(await ana('GET', `/series/${series.id}`))
    expect(after.map((one) => one.status)).toEqual(['declined', 'declined', 'confirmed'])

    // On the series' own page, where mails lead; with a word.
    const other = await ask('Zbor', 'FREQ=DAILY;COUNT=2')
    await follow(page, `/series/${other.id}`)
    await page.getByText('čakata 2 termina', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Zavrni 2 termina: Zbor' }).click()
    await page.getByLabel('Razlog, ki ga prejme organizator').fill('Dvorana je v prenovi.')
    await page.getByRole('button', { name: 'Zavrni 2 termina' }).click()
    await page.getByText('Zavrnjeno: Zbor.').waitFor()
    const gone = occurrences(await ana('GET', `/series/${other.id}`))
    expect(gone.map((one) => one.status)).toEqual(['declined', 'declined'])
    await ana('POST', `/series/${series.id}/cancel`, {})
  })

  it('tells a guest what is held on them, and forgets them once nothing is open', async () => {
    const meta = await signIn(world.url, MANAGER)
    const organiser = { name: 'Gita Gost', email: 'Gita@example.org', phone: '041 555 666' }
    const made = await meta('POST', '/reservations', {
      ...{ space_id: world.room, title: 'Ogled', purpose: 'meeting', organiser },
      ...{ starts_at: `${day(31)}T10:00`, ends_at: `${day(31)}T11:00` },
    })
    const page = await browser.open(world, { as: MANAGER, size: 'phone' })
    await page.goto(`/manage/${world.venue}/setup/guests`)
    const find = async (email: string) => {
      await page.getByLabel('E-naslov').fill(email)
      await page.getByRole('button', { name: 'Poišči' }).click()
    }
    await find(MEMBER)
    await page.getByText('Osebje za to osebo ni rezerviralo').waitFor()
    await find('gita@example.org')
    await page.getByRole('listitem').filter({ hasText: 'Gita@example.org, 041555666' }).waitFor()

    // From the reservation as well.
    await follow(page, `/manage/${world.venue}?date=${day(31)}&r=${made.id}`)
    await page.getByRole('dialog').getByRole('link', { name: 'Kaj center hrani o tej osebi' }).click()
    await page.getByRole('heading', { name: 'Gostje', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Pokaži vse goste' }).waitFor()
    await page.getByRole('button', { name: 'Pozabi: Gita Gost' }).waitFor()
    expect(await page.getByRole('button', { name: /^Pozabi: / }).count()).toBe(1)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Prenesi podatke: Gita Gost' }).click(),
    ])
    expect(JSON.parse(await text(await file.createReadStream()))).toMatchObject({
      account: { email: 'Gita@example.org' },
      reservations: [{ id: made.id }],
    })

    await page.getByRole('button', { name: 'Pozabi: Gita Gost' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Pozabi' }).click()
    await dialog.getByText('Rezervacije pred njo').waitFor()
    expect(await dialog.getByRole('link', { name: '1. rezervacija' }).getAttribute('href')).toContain(made.id)
    await meta('POST', `/reservations/${made.id}/cancel`, {})
    await dialog.getByRole('button', { name: 'Pozabi' }).click()
    await page.getByText('Center je osebo pozabil.').waitFor()
    await page.getByText('Osebje za to osebo ni rezerviralo').waitFor()
    expect(await meta('GET', `/reservations/${made.id}`)).toMatchObject({ organiser: { name: '—' }, title: '—' })
  })

  it('invites a member by address, who decides herself, and gives an organisation to whom it belongs', async () => {
    const page = await browser.open(world, { as: MANAGER })
    await page.goto(`/manage/${world.venue}/setup/members`)
    await page.getByLabel('E-naslov').fill(OTHER)
    await page.getByRole('button', { name: 'Povabi' }).click()
    await page.getByText(`Vabilo poslano: ${OTHER}.`).waitFor()
    await page.getByRole('button', { name: `Umakni: ${OTHER}` }).waitFor()
    const hers = await browser.open(world, { as: OTHER, size: 'phone' })
    await hers.goto(`/invitation#token=${await token(world.mail, OTHER, '/invitation')}`)
    await hers.getByRole('button', { name: 'Sprejmi vabilo' }).click()
    await hers.getByText(/Odslej ste med člani: Layerjeva hiša/).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Odstrani: Eva Kos' }).click()
    await page.getByText(/Ni več med člani: Eva Kos/).waitFor()

    const taker = await person(world, 'tone@example.org', 'Tone Prvi')
    const director = await person(world, 'dora@example.org', 'Dora Prava')
    const enterprise = { name: 'Carnica', legal_form: 'company', municipality: 'Kranj', register_number: REGISTERED }
    const { id } = await taker('POST', '/organisations', enterprise)
    await director('POST', `/organisations/${id}/join-requests`, { message: 'Sem direktorica.' })
    const operator = await browser.open(world, { as: ADMIN })
    await operator.goto('/organisations')
    await operator.getByRole('link', { name: 'Predaja organizacije' }).click()
    await handOver(operator)
    const { items } = (await director('GET', `/organisations/${id}/members`)) as unknown as { items: object[] }
    expect(items).toMatchObject([
      { name: 'Tone Prvi', role: 'member' },
      { name: 'Dora Prava', role: 'owner' },
    ])
  })

  it('takes another desk for a reservation that stands, by the plan’s list', async () => {
    const [ana, eva, meta] = await Promise.all([MEMBER, OTHER, MANAGER].map((who) => signIn(world.url, who)))
    if (!ana || !eva || !meta) throw new Error('all are there')
    const area = await meta('POST', `/venues/${world.venue}/spaces`, {
      ...{ name: 'Sodelavnica', kind: 'desk_area', capacity: 1, allocation: 'each' },
      units: [{ label: 'Miza 1' }, { label: 'Miza 2' }, { label: 'Miza 3' }],
    })
    const desks = (area as unknown as { units: { id: string }[] }).units.map((unit) => unit.id)
    const wish = (desk: number, title: string) => ({
      ...{ space_id: area.id, title, purpose: 'coworking', unit_ids: [desks[desk]] },
      ...{ starts_at: `${day(12)}T10:00`, ends_at: `${day(12)}T12:00` },
    })
    const hers = await ana('POST', '/reservations', wish(0, 'Delo'))
    await eva('POST', '/reservations', wish(1, 'Tudi delo'))
    const page = await browser.open(world, { as: MEMBER, size: 'phone' })
    await page.goto(`/reservations/${hers.id}/change`)
    await page.getByLabel('Naj ostane: Miza 1').waitFor()
    await page.getByLabel('Želim izbrati').check()
    await page.getByLabel(/^Miza 1\s*zdaj vaše/).waitFor()
    expect(await page.getByLabel(/^Miza 2\s*zasedeno/).isDisabled()).toBe(true)
    // Meanwhile somebody takes the one that she chooses: said there, and the others go on being offered.
    await page.getByLabel('Miza 3').check()
    const third = await eva('POST', '/reservations', wish(2, 'Še delo'))
    await page.getByRole('button', { name: 'Shrani' }).click()
    await page.getByText('Medtem zasedeno: Miza 3. Izberite drugo.').waitFor()
    await eva('POST', `/reservations/${third.id}/cancel`, {})
    await page.getByLabel('Naj ostane: Miza 1').check()
    await page.getByLabel('Želim izbrati').check()
    await page.getByLabel('Miza 3').check()
    await page.getByRole('button', { name: 'Shrani' }).click()
    await page.getByRole('heading', { name: 'Delo', level: 1 }).waitFor()
    expect(await ana('GET', `/reservations/${hers.id}`)).toMatchObject({ unit_ids: [desks[2]] })
    const { version } = await meta('GET', `/spaces/${area.id}`)
    await meta('DELETE', `/spaces/${area.id}?on_affected=cancel`, undefined, version)
  })
})

/** Of an enterprise that is none; its seventh digit is right. */
const REGISTERED = '6123457'

async function handOver(operator: Page): Promise<void> {
  await operator.getByLabel('Matična številka').fill(REGISTERED)
  await operator.getByRole('button', { name: 'Poišči' }).click()
  await operator.getByRole('heading', { name: 'Carnica' }).waitFor()
  await operator.getByLabel(/Dora Prava, dora@example.org/).check()
  await operator.getByLabel('Kako je to dokazano').fill('Izpisek iz registra.')
  await operator.getByRole('button', { name: 'Predaj organizacijo' }).click()
  const dialog = operator.getByRole('dialog')
  await dialog.getByText(/Dora Prava/).waitFor()
  await dialog.getByRole('button', { name: 'Predaj organizacijo' }).click()
  await operator.getByText('Organizacija Carnica je predana.').waitFor()
}
