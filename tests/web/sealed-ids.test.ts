import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openIds, sealIds } from '@/lib/web/sealed-ids'

const KEY = randomBytes(32)

test('opens what it sealed, and nothing that was sealed for another purpose', () => {
  const ids = [randomUUID(), randomUUID()]
  const sealed = sealIds(KEY, 'cart/v1', ids)
  expect(openIds(KEY, 'cart/v1', sealed)).toEqual(ids)
  expect(openIds(KEY, 'guest-access/v1', sealed)).toEqual([])
  expect(openIds(randomBytes(32), 'cart/v1', sealed)).toEqual([])
})
