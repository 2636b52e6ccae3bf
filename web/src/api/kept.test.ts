import { beforeEach, expect, it, vi } from 'vitest'
import { keepSeen, seen } from './kept'
import { forget, keep } from './tokens'

beforeEach(() => {
  const store: Record<string, string> = {}
  const methods = {
    getItem: (key: string) => store[key] ?? null,
    setItem: (key: string, value: string) => void (store[key] = value),
    removeItem: (key: string) => void Reflect.deleteProperty(store, key),
  }
  vi.stubGlobal(
    'localStorage',
    new Proxy(store, { get: (of, key: string) => methods[key as keyof typeof methods] ?? of[key] }),
  )
})

it('is there until one signs out, and nothing of it afterwards, nor of an answer that comes late', () => {
  keep({ access_token: 'a', token_type: 'Bearer', expires_in: 600 })
  localStorage.setItem('prostor.next', '{"path":"/reservations/rsv_1"}')
  keepSeen('reservations', [{ title: 'Vaja' }])
  localStorage.setItem('prostor.theme', 'dark')
  expect(seen('reservations')?.value).toEqual([{ title: 'Vaja' }])
  forget()
  keepSeen('reservations', [{ title: 'Vaja' }])
  expect(seen('reservations')).toBe(null)
  expect(localStorage.getItem('prostor.next')).toBe(null)
  expect(localStorage.getItem('prostor.theme')).toBe('dark')
})

it('is nothing where it can’t be read', () => {
  localStorage.setItem('prostor.kept.me', '{')
  expect(seen('me')).toBe(null)
})
