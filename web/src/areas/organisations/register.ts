// What an organisation is, in a form and as it is sent.
import type { LegalForm, NewOrganisation, Organisation, Size } from '../../api/openapi.gen'

export const FORMS = [
  'sole_entrepreneur',
  'company',
  'ngo',
  'public_institution',
  'school',
  'individual',
] as const satisfies readonly LegalForm[]
export const SIZES = ['micro', 'small', 'medium', 'large'] as const satisfies readonly Size[]

export interface Described {
  name: string
  legal_form: LegalForm
  municipality: string
  register_number: string
  size: Size | ''
  /** A subclass of SKD 2025; '' where nothing is said. */
  sector: string
}

export const blank = (): Described => ({
  ...{ name: '', legal_form: 'sole_entrepreneur', municipality: '', register_number: '', size: '', sector: '' },
})

export const described = (one: Organisation): Described => ({
  name: one.name,
  legal_form: one.legal_form,
  municipality: one.municipality ?? '',
  register_number: one.register_number ?? '',
  size: one.size ?? '',
  sector: one.sector?.scheme === 'skd' ? one.sector.code : '',
})

/** Another classification than ours stays as it is: `before` has it. */
export function bodyOf(form: Described, before?: Organisation): NewOrganisation {
  const code = form.sector.trim()
  const other = before?.sector && before.sector.scheme !== 'skd' && !code ? before.sector : null
  return {
    name: form.name.trim(),
    legal_form: form.legal_form,
    municipality: form.municipality.trim(),
    register_number: form.register_number.replace(/\s/g, '') || null,
    size: form.size || null,
    sector: code ? { scheme: 'skd', version: '2025', code } : other,
  }
}
