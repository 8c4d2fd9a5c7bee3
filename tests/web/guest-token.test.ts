import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_REMEMBERED, openCheckoutIds, sealCheckoutIds } from '@/lib/web/guest-token'

const KEY = randomBytes(32)

test('opens what it sealed, newest first, and forgets the oldest', () => {
  const ids = Array.from({ length: MOST_REMEMBERED + 5 }, () => randomUUID())
  expect(openCheckoutIds(KEY, sealCheckoutIds(KEY, ids.slice(0, 3)))).toEqual(ids.slice(0, 3))
  expect(openCheckoutIds(KEY, sealCheckoutIds(KEY, ids))).toEqual(ids.slice(0, MOST_REMEMBERED))
  expect(openCheckoutIds(KEY, sealCheckoutIds(KEY, []))).toEqual([])
})

test('fits a cookie', () => {
  expect(
    sealCheckoutIds(
      KEY,
      Array.from({ length: MOST_REMEMBERED }, () => randomUUID()),
    ).length,
  ).toBeLessThan(1_000)
})

test('gives nothing for another key or none', () => {
  const sealed = sealCheckoutIds(KEY, [randomUUID()])
  expect(openCheckoutIds(randomBytes(32), sealed)).toEqual([])
  for (const broken of [undefined, '', 'v1', 'v1..', 'v2' + sealed.slice(2), `${sealed}.x`])
    expect(openCheckoutIds(KEY, broken)).toEqual([])
})

test('gives nothing after any change of one character', () => {
  const sealed = sealCheckoutIds(KEY, [randomUUID(), randomUUID()])
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.constantFrom(...'ABab01-_.'), (at, letter) => {
      fc.pre(sealed[at] !== letter)
      const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1)
      // base64url's last character of the tag carries two spare bits: the same bytes are the same token.
      fc.pre(at !== sealed.length - 1)
      expect(openCheckoutIds(KEY, changed)).toEqual([])
    }),
  )
})
