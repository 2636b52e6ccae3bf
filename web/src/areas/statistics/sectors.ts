// Activities in words: the sections of NACE by their letters, which its two revisions give differently. The names are those
// of locales/*/sectors.ftl, which a test compares.
import { language } from '../../i18n/language.svelte'

/** The last division of each section, its letter, and the word by which its name is kept. */
const REV_2 =
  '3A agriculture 9B mining 33C manufacturing 35D energy 39E water 43F construction 47G trade_and_repair 53H transport 56I accommodation 63J information 66K finance 68L property 75M professional 82N administrative 84O public 85P education 88Q health 93R culture 96S other 98T households 99U extraterritorial'
const REV_2_1 =
  '3A agriculture 9B mining 33C manufacturing 35D energy 39E water 43F construction 47G trade 53H transport 56I accommodation 60J publishing 63K telecommunication 66L finance 68M property 75N professional 82O administrative 84P public 85Q education 88R health 93S arts 96T other 98U households 99V extraterritorial'

export const SECTORS = {
  sl: {
    agriculture: 'Kmetijstvo in lov, gozdarstvo, ribištvo',
    mining: 'Rudarstvo',
    manufacturing: 'Predelovalne dejavnosti',
    energy: 'Oskrba z električno energijo, plinom in paro',
    water: 'Oskrba z vodo; ravnanje z odplakami in odpadki; saniranje okolja',
    construction: 'Gradbeništvo',
    trade_and_repair: 'Trgovina; vzdrževanje in popravila motornih vozil',
    trade: 'Trgovina',
    transport: 'Promet in skladiščenje',
    accommodation: 'Gostinstvo',
    information: 'Informacijske in komunikacijske dejavnosti',
    publishing: 'Založništvo, radiodifuzija ter produkcija in distribucija vsebin',
    telecommunication:
      'Telekomunikacije, računalniško programiranje in svetovanje, računalniška infrastruktura in druge informacijske storitve',
    finance: 'Finančne in zavarovalniške dejavnosti',
    property: 'Poslovanje z nepremičninami',
    professional: 'Strokovne, znanstvene in tehnične dejavnosti',
    administrative: 'Druge raznovrstne poslovne dejavnosti',
    public: 'Dejavnost javne uprave in obrambe; dejavnost obvezne socialne varnosti',
    education: 'Izobraževanje',
    health: 'Zdravstvo in socialno varstvo',
    culture: 'Kulturne, razvedrilne in rekreacijske dejavnosti',
    arts: 'Umetnost, šport in rekreacija',
    other: 'Druge dejavnosti',
    households: 'Dejavnost gospodinjstev z zaposlenim hišnim osebjem; proizvodnja za lastno rabo',
    extraterritorial: 'Dejavnost eksteritorialnih organizacij in teles',
  },
  en: {
    agriculture: 'Agriculture, forestry and fishing',
    mining: 'Mining and quarrying',
    manufacturing: 'Manufacturing',
    energy: 'Electricity, gas, steam and air conditioning supply',
    water: 'Water supply; sewerage, waste management and remediation activities',
    construction: 'Construction',
    trade_and_repair: 'Wholesale and retail trade; repair of motor vehicles and motorcycles',
    trade: 'Wholesale and retail trade',
    transport: 'Transportation and storage',
    accommodation: 'Accommodation and food service activities',
    information: 'Information and communication',
    publishing: 'Publishing, broadcasting, and content production and distribution activities',
    telecommunication:
      'Telecommunication, computer programming, consulting, computing infrastructure and other information service activities',
    finance: 'Financial and insurance activities',
    property: 'Real estate activities',
    professional: 'Professional, scientific and technical activities',
    administrative: 'Administrative and support service activities',
    public: 'Public administration and defence; compulsory social security',
    education: 'Education',
    health: 'Human health and social work activities',
    culture: 'Arts, entertainment and recreation',
    arts: 'Arts, sports and recreation',
    other: 'Other service activities',
    households:
      'Activities of households as employers; undifferentiated goods- and service-producing activities of households for own use',
    extraterritorial: 'Activities of extraterritorial organisations and bodies',
  },
} as const

type Section = keyof (typeof SECTORS)['en']
interface Bound {
  last: number
  letter: string
  section: Section
}

const bounds = (list: string): Bound[] =>
  [...list.matchAll(/(\d+)([A-Z]) (\w+)/g)].map(([, last, letter, section]) => ({
    last: Number(last),
    letter: letter ?? '',
    section: section as Section,
  }))
const REVISIONS = new Map([
  ['2', bounds(REV_2)],
  ['2.1', bounds(REV_2_1)],
])

/** `nace 2.1 90.39` as `S 90.39 Arts, sports and recreation (NACE 2.1)`; what is in no revision as it is. */
export function sectorName(category: string): string {
  const [, revision = '', code = ''] = /^nace (\S+) (\d\d\.\d\d)$/.exec(category) ?? []
  const found = REVISIONS.get(revision)?.find(({ last }) => Number(code.slice(0, 2)) <= last)
  if (!found) return category
  return `${found.letter} ${code} ${SECTORS[language.current][found.section]} (NACE ${revision})`
}
