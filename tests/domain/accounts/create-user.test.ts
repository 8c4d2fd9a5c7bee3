import { expect, test } from 'vitest'
import { createUser } from '@/lib/domain/accounts'
import { InvariantViolation } from '@/lib/kernel/invariant'
import { db } from '@/tests/support/database'
import { NOW, aMerchant, run } from '@/tests/support/factories'
import { race } from '@/tests/support/race'

const BUYER = { passwordHash: 'not a real hash', displayName: '小林', role: 'BUYER', merchantId: null } as const

test('keeps the address in one spelling', async () => {
  const id = await run((tx) => createUser(tx, { ...BUYER, email: '  Lin@Example.COM ' }, NOW))
  expect(await db.user.findUniqueOrThrow({ where: { id } })).toMatchObject({
    email: 'lin@example.com',
    role: 'BUYER',
    createdAt: NOW,
  })
})

test('refuses an address in use, however it is spelled', async () => {
  await run((tx) => createUser(tx, { ...BUYER, email: 'taken@example.com' }, NOW))
  await expect(run((tx) => createUser(tx, { ...BUYER, email: 'TAKEN@example.com' }, NOW))).rejects.toMatchObject({
    code: 'auth/email-taken',
  })
})

test('gives an address to one of two racing sign-ups', async () => {
  const signUp = { ...BUYER, email: 'race@example.com' }
  const [first, second] = await race(
    (tx) => createUser(tx, signUp, NOW),
    (tx) => createUser(tx, signUp, NOW),
  )
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'auth/email-taken' } })
})

test('lets only merchant users work for a merchant', async () => {
  const merchantId = await aMerchant()
  await expect(run((tx) => createUser(tx, { ...BUYER, email: 'a@example.com', merchantId }, NOW))).rejects.toThrow(
    InvariantViolation,
  )
  await expect(
    run((tx) => createUser(tx, { ...BUYER, email: 'b@example.com', role: 'MERCHANT' }, NOW)),
  ).rejects.toThrow(InvariantViolation)
})
