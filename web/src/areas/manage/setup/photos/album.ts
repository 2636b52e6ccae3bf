// Whose photographs are set up: the same of a space and of a venue, at addresses of their own.
import { api } from '../../../../api/client'
import type { Image, ImageChange, Space, Venue } from '../../../../api/openapi.gen'
import { upload } from '../../../../api/upload'

export interface Album {
  kind: 'space' | 'venue'
  name: string
  list: (signal: AbortSignal) => Promise<{ items: Image[] }>
  add: (file: File) => Promise<Image>
  edit: (image: Image, body: ImageChange) => Promise<Image>
  remove: (image: Image) => Promise<unknown>
}

export function ofSpace({ id, name }: Space): Album {
  const one = (image: Image) => ({ path: { id, image_id: image.id }, version: image.version })
  return {
    kind: 'space',
    name,
    list: (signal) => api.get('/spaces/{id}/images', { path: { id }, signal }),
    add: (file) => upload('/spaces/{id}/images', { path: { id }, file }),
    edit: (image, body) => api.patch('/spaces/{id}/images/{image_id}', { ...one(image), body }),
    remove: (image) => api.delete('/spaces/{id}/images/{image_id}', one(image)),
  }
}

export function ofVenue({ id, name }: Venue): Album {
  const one = (image: Image) => ({ path: { id, image_id: image.id }, version: image.version })
  return {
    kind: 'venue',
    name,
    list: (signal) => api.get('/venues/{id}/images', { path: { id }, signal }),
    add: (file) => upload('/venues/{id}/images', { path: { id }, file }),
    edit: (image, body) => api.patch('/venues/{id}/images/{image_id}', { ...one(image), body }),
    remove: (image) => api.delete('/venues/{id}/images/{image_id}', one(image)),
  }
}
