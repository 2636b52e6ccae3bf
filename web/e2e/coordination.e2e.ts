// What a coordination body does besides reading statistics: the network's office, its indicators, and confirming
// organisations as creative. And a key by which a program acts for a member.
import { afterEach, describe, expect, it } from 'vitest'
import { browsing, follow, worlds } from './browser'
import { ADMIN, MEMBER, OTHER, PASSWORD, signIn, token, until } from './world'

const browser = browsing()
afterEach(async () => {
  await browser.closeAll()
  expect(browser.complaints.splice(0)).toEqual([])
})
const year = new Date().getUTCFullYear()

describe.each(worlds)('coordination ($database)', (world) => {
  it(
    'a network is made, its coordinator sets it up, defines an indicator, and two of them meet in one form',
    { timeout: 60_000 },
    async () => {
      const admin = await signIn(world.url, ADMIN)
      const page = await browser.open(world, { as: ADMIN })
      await page.goto('/coordination')
      const fresh = page.getByRole('form', { name: 'Nova mreža' })
      await fresh.getByLabel('Ime', { exact: true }).fill('Koroška')
      expect(await fresh.getByLabel('Ime v naslovih').inputValue()).toBe('koroska')
      await fresh.getByRole('button', { name: 'Ustanovi mrežo' }).click()
      await page.getByText('Mreža Koroška je ustanovljena.').waitFor()
      const id = /coordination\/(net_\w+)\/team/.exec(page.url())?.[1] ?? ''
      await page.getByLabel('E-naslov').fill(OTHER)
      await page.getByRole('button', { name: 'Povabi' }).click()
      await page.getByText(`Vabilo poslano: ${OTHER}.`).waitFor()

      const hers = await browser.open(world, { as: OTHER })
      await hers.goto(`/invitation#token=${await token(world.mail, OTHER, '/invitation')}`)
      await hers.getByRole('button', { name: 'Sprejmi vabilo' }).click()
      await hers.locator(`a[href="/coordination/${id}"]`).first().click()
      await hers.getByText('Mreža še nima centrov.').waitFor()

      // Two at once: both versions are shown, and one's own can be kept.
      await hers.getByRole('link', { name: 'Podatki o mreži' }).click()
      await hers.getByLabel('Ime', { exact: true }).waitFor()
      const { version } = await admin('GET', `/networks/${id}`)
      await admin('PATCH', `/networks/${id}`, { name: 'Koroška regija' }, version)
      await hers.getByLabel('Ime', { exact: true }).fill('Vsa Koroška')
      await hers.getByRole('button', { name: 'Shrani' }).click()
      await hers.getByText('Medtem je to spremenil nekdo drug').first().waitFor()
      await hers.getByText('Koroška regija').waitFor()
      await hers.getByRole('button', { name: 'Ohrani moje in shrani' }).click()
      await hers.getByText('Shranjeno.').waitFor()
      await hers.getByText(/\/ ?Vsa Koroška/).waitFor()
      expect(await admin('GET', `/networks/${id}`)).toMatchObject({ name: 'Vsa Koroška', slug: 'koroska' })

      // A rule of the network holds at its venue, which says where it comes from.
      await hers.getByRole('link', { name: 'Pravila', exact: true }).click()
      await hers.getByRole('spinbutton', { name: 'Rezervirati največ toliko naprej (dni)' }).fill('45')
      await hers.getByRole('button', { name: 'Shrani' }).click()
      const put = async () => (await admin('GET', `/networks/${id}/policy`)).version > 1
      await until(put, 'the policy to be saved')
      await follow(hers, `/coordination/${id}/venues/new`)
      for (const [label, text] of [
        ['Ime', 'Hiša Mežica'],
        ['Ulica in številka', 'Trg 1'],
        ['Poštna številka', '2392'],
        ['Kraj', 'Mežica'],
        ['Občina', 'Mežica'],
        ['E-naslov za stik', 'hisa@example.org'],
      ] as const)
        await hers.getByLabel(label, { exact: true }).fill(text)
      await hers.getByRole('button', { name: 'Ustanovi center' }).click()
      await hers.getByText('Center Hiša Mežica je ustanovljen.').waitFor()
      const venue = /manage\/(ven_\w+)\/setup\/staff/.exec(hers.url())?.[1] ?? ''
      const policy = await admin('GET', `/venues/${venue}/policy?effective=true`)
      expect(policy).toMatchObject({
        effective: { public: { horizon_days: { rule: { value: 45 }, source: { level: 'network' } } } },
      })

      await follow(hers, `/coordination/${id}/indicators/new`)
      await hers.getByLabel('Oznaka').fill('C2.1')
      await hers.getByLabel('Ime po slovensko').fill('Dejanska uporaba')
      await hers.getByLabel('Ime po angleško').fill('Actual use')
      await hers.getByLabel('Količina').selectOption('Rezervirane ure')
      await hers.getByLabel('Samo del').selectOption('Skupina')
      await hers.getByText('kreativni sektor', { exact: true }).click()
      await hers.getByLabel('Vrednost (ure)').fill('dosti')
      await hers.getByRole('button', { name: 'Določi kazalnik' }).click()
      await hers.getByText('Vpišite število.').waitFor()
      await hers.getByLabel('Vrednost (ure)').fill('1250,5')
      await hers.getByRole('button', { name: 'Določi kazalnik' }).click()
      await hers.getByText('Kazalnik C2.1 je določen.').waitFor()
      const listed = await admin('GET', `/networks/${id}/indicators`)
      const [indicator] = (listed as unknown as { items: { id: string }[] }).items
      expect(indicator).toMatchObject({
        ...{ figure: 'booked_hours', filter: { dimension: 'audience', categories: ['cci'] } },
        targets: [{ year, value: 1250.5 }],
      })
      await hers.getByRole('link', { name: 'Uredi: Dejanska uporaba' }).click()
      await hers.getByRole('button', { name: 'Dodaj leto' }).click()
      await hers.getByLabel('Vrednost (ure)').last().fill('2000')
      await hers.getByRole('button', { name: 'Shrani' }).click()
      const edited = await until(async () => {
        const now = await admin('GET', `/indicators/${indicator?.id}`)
        return now.version > 1 ? now : null
      }, 'the indicator to be saved')
      expect(edited).toMatchObject({
        targets: [
          { year, value: 1250.5 },
          { year: year + 1, value: 2000 },
        ],
      })
      await hers.getByRole('button', { name: 'Opusti kazalnik' }).click()
      await hers.getByRole('dialog').getByRole('button', { name: 'Opusti kazalnik' }).click()
      await hers.getByText('Mreža še nima kazalnikov').waitFor()
      await follow(hers, `/coordination/${id}/audit`)
      await hers.getByText('kazalnik: opuščeno').waitFor()

      // The last coordinator can't go, so the operator stays in her stead.
      const me = await admin('GET', '/me')
      await admin('PUT', `/networks/${id}/coordinators/${me.id}`)
      await follow(page, '/coordination')
      await follow(page, `/coordination/${id}/team`)
      await page.getByRole('button', { name: 'Odstrani: Eva Kos' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Odstrani' }).click()
      await page.getByText('Odstranjeno: Eva Kos.').waitFor()
      await hers.goto('/coordination')
      await hers.getByText('Tu še ni vaše mreže').waitFor()
    },
  )

  it('an organisation sends its address, is confirmed until a day, and reads that it was withdrawn, and why', async () => {
    const hers = await browser.open(world, { as: MEMBER, size: 'phone' })
    await hers.goto(`/organisations/${world.organisation}`)
    await hers.getByText('Še ni bila potrjena.').waitFor()
    const address = await hers.locator('code').textContent()

    const page = await browser.open(world, { as: ADMIN })
    await page.goto('/coordination/organisations?q=zbor')
    await page.getByText('Ni zadetkov').waitFor()
    await page.getByLabel('Ime ali matična številka').fill(address ?? '')
    await page.getByRole('button', { name: 'Poišči' }).click()
    await page.getByRole('heading', { name: 'Zbor', level: 1 }).waitFor()
    await page.getByText('zdaj ni potrjena').waitFor()
    await page.getByLabel('Velja do').fill(`${year + 1}-06-01`)
    await page.getByLabel('Razlogi').fill('Na seznamu regije.')
    await page.getByRole('button', { name: 'Potrdi', exact: true }).click()
    await page.getByText('Potrjena kot ustvarjalna: Zbor.').waitFor()
    await hers.reload()
    await hers.getByText('Na seznamu regije.').waitFor()

    await follow(page, '/coordination/organisations')
    await page.getByLabel('Ime ali matična številka').fill('ZBOR')
    await page.getByRole('button', { name: 'Poišči' }).click()
    await page.getByRole('link', { name: 'Odpri: Zbor' }).click()
    await page.getByRole('button', { name: 'Umakni potrditev' }).click()
    const sure = page.getByRole('dialog')
    await sure.getByLabel('Razlogi').fill('Ne deluje več.')
    await sure.getByRole('button', { name: 'Umakni potrditev' }).click()
    await page.getByText('Potrditev je umaknjena: Zbor.').waitFor()
    await page.getByText('zdaj ni potrjena').waitFor()
    await hers.reload()
    await hers.getByText('potrditev umaknjena', { exact: true }).waitFor()
    await hers.getByText('Ne deluje več.').waitFor()
  })

  it('a key reads what it is for, nothing else, and nothing once it is revoked', async () => {
    const page = await browser.open(world, { as: MEMBER, size: 'phone' })
    await page.goto('/profile/keys')
    await page.getByLabel('Za kaj bo').fill('Zaslon pri vhodu')
    await page.getByLabel('Geslo').fill('napačno geslo, ki ni pravo')
    await page.getByRole('button', { name: 'Naredi ključ' }).click()
    await page.getByText('Izberite vsaj eno.').waitFor()
    await page.getByText('brati rezervacije in prošnje').click()
    await page.getByRole('button', { name: 'Naredi ključ' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Geslo').fill(PASSWORD)
    await page.getByRole('button', { name: 'Naredi ključ' }).click()
    await page.getByText('Ključ Zaslon pri vhodu je narejen').waitFor()
    const key = (await page.locator('code').textContent()) ?? ''
    const ask = async (path: string, method = 'GET') => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const answer = await fetch(`${world.url}/api/v1${path}`, {
        method,
        headers,
        ...(method === 'GET' ? {} : { body: '{}' }),
      })
      return answer.status
    }
    expect(await ask(`/reservations/${world.reservation}`)).toBe(200)
    expect(await ask(`/reservations/${world.reservation}/cancel`, 'POST')).toBe(403)
    expect(await ask('/me')).toBe(403)
    await page.getByRole('button', { name: 'Shranjeno imam' }).click()
    await page.reload()
    await page.getByText(`začne se z ${key.slice(0, 14)}`).waitFor()
    await page.getByText('nazadnje uporabljen').waitFor()
    expect(await page.getByText(key).count()).toBe(0)
    await page.getByRole('button', { name: 'Prekliči ključ: Zaslon pri vhodu' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Prekliči' }).click()
    await page.getByText('Nimate ključev.').waitFor()
    expect(await ask(`/reservations/${world.reservation}`)).toBe(401)
  })
})
