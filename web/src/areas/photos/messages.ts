import { messages } from '../../i18n/messages'

export const say = messages({
  sl: {
    of: 'Fotografija: {name}',
    photos: 'Fotografije',
    show: 'Fotografija {n} od {all}',
  },
  en: {
    of: 'Photo: {name}',
    photos: 'Photos',
    show: 'Photo {n} of {all}',
  },
})
