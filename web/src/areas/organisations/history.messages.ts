// Being confirmed as creative, as the organisation and coordination bodies read it.
import { messages } from '../../i18n/messages'

export const say = messages({
  sl: {
    history: 'Potrditve, da je ustvarjalna',
    never: 'Še ni bila potrjena.',
    confirmed: 'potrjena',
    withdrawn: 'potrditev umaknjena',
    until: 'do {date}',
    ask: 'Za potrditev pošljite koordinacijskemu telesu ta naslov:',
  },
  en: {
    history: 'Confirmations as creative',
    never: 'Not confirmed yet.',
    confirmed: 'confirmed',
    withdrawn: 'confirmation withdrawn',
    until: 'until {date}',
    ask: 'To be confirmed, send this address to the coordination body:',
  },
})
