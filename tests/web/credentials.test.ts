import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { createUser } from '@/lib/domain/accounts'
import { hashPassword } from '@/lib/infra/crypto/password'
import { requireAccount } from '@/lib/web/credentials'
import { normaliseNumber, requireGuestCheckout } from '@/lib/web/look-up-order'
import { createLimit } from '@/lib/web/rate-limit'
import { requireOwnReplay } from '@/lib/web/replay'
import { db } from '@/tests/support/database'
import { NOW, aListing, aPurchase, onlyOrderOf, run } from '@/tests/support/factories'
import { type PlacedCheckout, placeCheckout } from '@/lib/domain/orders'
import { encode } from 'next-auth/jwt'
import { mintToken, readToken, sessionSecret } from '@/lib/web/session-token'

const email = `buyer-${randomUUID()}@example.com`
const limit = createLimit(db)
const unlimited = async () => Promise.resolve()
let id: string

beforeAll(async () => {
  const passwordHash = await hashPassword('correct horse')
  id = await run((tx) =>
    createUser(tx, { email, passwordHash, displayName: 'b', role: 'BUYER', merchantId: null }, NOW),
  )
})

test('signs in by e-mail in any spelling and the right password', async () => {
  expect(
    await requireAccount(db, limit, { email: ` ${email.toUpperCase()} `, password: 'correct horse', ip: randomUUID() }),
  ).toEqual({ id, role: 'BUYER' })
})

test('a wrong password and an unknown e-mail get the same answer for the same work', async () => {
  // Processor time, least of several: what another process does meanwhile is not counted.
  const leastWork = async (attempt: (n: number) => { email: string; password: string }) => {
    const work: number[] = []
    for (let n = 0; n < 6; n++) {
      const before = process.cpuUsage()
      const answer = requireAccount(db, unlimited, { ...attempt(n), ip: 'x' })
      await expect(answer).rejects.toMatchObject({ code: 'auth/wrong-credentials' })
      const { user, system } = process.cpuUsage(before)
      work.push(user + system)
    }
    return Math.min(...work)
  }
  const known = await leastWork(() => ({ email, password: 'wrong' }))
  const unknown = await leastWork((n) => ({ email: `nobody-${n}@example.com`, password: 'wrong' }))
  // Leaving the hash out for strangers makes this less than a tenth.
  expect(unknown / known).toBeGreaterThan(0.5)
})

test('refuses even the right password after ten wrong ones for one e-mail, whatever the address', async () => {
  const victim = `victim-${randomUUID()}@example.com`
  for (let n = 0; n < 10; n++) {
    await expect(
      requireAccount(db, limit, { email: victim, password: 'guess', ip: randomUUID() }),
    ).rejects.toMatchObject({ code: 'auth/wrong-credentials' })
  }
  await expect(requireAccount(db, limit, { email: victim, password: 'guess', ip: randomUUID() })).rejects.toMatchObject(
    { code: 'auth/rate-limited' },
  )
})

test('a session cookie is believed only when this installation sealed it', async () => {
  const token = { sub: id, role: 'BUYER' }
  const mine = await mintToken({ id, role: 'BUYER' })
  expect(await readToken(mine)).toEqual(token)
  expect(await readToken(await encode({ token, secret: 'somebody else', maxAge: 60 }))).toBeNull()
  expect(await readToken(await encode({ token, secret: sessionSecret(), maxAge: -60 }))).toBeNull()
  expect(
    await readToken(await encode({ token: { sub: 'not an id', role: 'BUYER' }, secret: sessionSecret(), maxAge: 60 })),
  ).toBeNull()
  expect(await readToken(`${mine.slice(0, -2)}AA`)).toBeNull()
  for (const nonsense of [undefined, '', 'x', 'a.b.c.d.e', 'null']) expect(await readToken(nonsense)).toBeNull()
})

async function aGuestOrder() {
  const purchase = aPurchase(await aListing(), { passcodeHash: await hashPassword('open sesame') })
  return opened(await run((tx) => placeCheckout(tx, purchase, NOW)))
}

function opened(placed: PlacedCheckout) {
  return { ...placed, number: onlyOrderOf(placed).number }
}

test('looks an order up by number, as people type it, and passcode', async () => {
  const { number, checkoutId } = await aGuestOrder()
  const typed = ` ${number.slice(0, 4)} ${number.slice(4).toLowerCase()}`
  expect(await requireGuestCheckout(db, limit, { number: typed, passcode: 'open sesame', ip: randomUUID() })).toEqual({
    number,
    checkoutId,
  })
  expect(normaliseNumber('kb-260203 o1il')).toBe('KB2602030111')
})

test("wrong number, wrong passcode and an account's order answer alike", async () => {
  const { number } = await aGuestOrder()
  const owned = aPurchase(await aListing(), { buyerId: id, passcodeHash: null })
  const ofAccount = opened(await run((tx) => placeCheckout(tx, owned, NOW)))
  for (const attempt of [
    { number, passcode: 'open sesam' },
    { number: 'KB2602030000000000', passcode: 'open sesame' },
    { number: ofAccount.number, passcode: '' },
  ]) {
    await expect(requireGuestCheckout(db, limit, { ...attempt, ip: randomUUID() })).rejects.toMatchObject({
      code: 'order/lookup-failed',
      params: {},
    })
  }
})

test('guessing a passcode ends after eight tries, from however many addresses', async () => {
  const { number } = await aGuestOrder()
  for (let n = 0; n < 8; n++) {
    await expect(
      requireGuestCheckout(db, limit, { number, passcode: `guess ${n}`, ip: randomUUID() }),
    ).rejects.toMatchObject({ code: 'order/lookup-failed' })
  }
  await expect(
    requireGuestCheckout(db, limit, { number, passcode: 'open sesame', ip: randomUUID() }),
  ).rejects.toMatchObject({ code: 'auth/rate-limited' })
})

test('a submit repeated with a stolen key does not open the order', async () => {
  const order = await aGuestOrder()
  await requireOwnReplay(run, limit, order, 'open sesame', [])
  await requireOwnReplay(run, limit, order, '', [order.checkoutId])
  await expect(requireOwnReplay(run, limit, order, 'my own', [])).rejects.toMatchObject({ code: 'order/key-reused' })
})

test('guessing a passcode with a stolen key counts as guessing at look-up', async () => {
  const order = await aGuestOrder()
  for (let n = 0; n < 8; n++) {
    await expect(requireOwnReplay(run, limit, order, `guess ${n}`, [])).rejects.toMatchObject({
      code: 'order/key-reused',
    })
  }
  const limited = { code: 'auth/rate-limited' }
  await expect(requireOwnReplay(run, limit, order, 'open sesame', [])).rejects.toMatchObject(limited)
  const lookUp = { number: order.number, passcode: 'open sesame', ip: randomUUID() }
  await expect(requireGuestCheckout(db, limit, lookUp)).rejects.toMatchObject(limited)
  await requireOwnReplay(run, limit, order, '', [order.checkoutId])
})
