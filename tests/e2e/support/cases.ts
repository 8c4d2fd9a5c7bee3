import { randomBytes } from 'node:crypto'
import { SYSTEM } from '@/lib/domain/actor'
import { type Seat, SEAT_COLUMN, openArbitrator } from '@/lib/domain/arbitration'
import { type Failure, escalateCase, lockCase, openComplaint } from '@/lib/domain/complaints'
import { buyerKeyOf } from '@/lib/domain/coupons'
import { recordDeposit } from '@/lib/domain/merchants'
import type { Tx } from '@/lib/domain/tx'
import { hashPassword } from '@/lib/infra/crypto/password'
import { db, inTransaction } from '@/lib/infra/db'
import { DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import type { Page } from '@playwright/test'
import { ZH, fillCheckout, payAtBank, placeOrder } from './buying'
import { type Listing, orderByNumber } from './listings'

const PASSWORD = 'arbitrator-password-1'

export interface Arbitrator {
  readonly id: string
  readonly email: string
  readonly password: string
}

/** An arbitrator who rests: the worker gives them nothing, only what a journey seats them on. */
export async function anArbitrator(): Promise<Arbitrator> {
  const email = `${randomBytes(5).toString('hex')}@arbitrator.example.com`
  const passwordHash = await hashPassword(PASSWORD)
  const { id: operatorId } = await db().user.findUniqueOrThrow({ where: { email: DEMO_OPERATOR.email } })
  const operator = { kind: 'OPERATOR', id: operatorId } as const
  const facts = { email, passwordHash, displayName: '仲裁员', employerNumber: null }
  const id = await inTransaction(db(), (tx) => openArbitrator(tx, facts, operator, new Date()))
  await db().user.update({ where: { id }, data: { restingSince: new Date() } })
  return { id, email, password: PASSWORD }
}

/** Buys one CDK as a guest; returns the order's number. */
export async function buyOne(page: Page, { slug }: Listing, email = 'complains@example.com'): Promise<string> {
  await fillCheckout(page, ZH, { slug, email })
  await placeOrder(page, ZH)
  return payAtBank(page, ZH)
}

/** Something to take penalties from. */
export async function payDeposit({ merchantId }: Listing): Promise<void> {
  const deposit = {
    merchantId,
    reference: randomBytes(6).toString('hex'),
    amountMinor: 100_000,
    currency: 'CNY',
  } as const
  await inTransaction(db(), (tx) => recordDeposit(tx, deposit, new Date()))
}

/** A complaint about all CDKs of a delivered order that stands before these arbitrators; returns its id. */
export async function anEscalatedCase(
  number: string,
  seats: Partial<Record<Seat, Arbitrator>>,
  failure: Failure = 'ALREADY_USED',
): Promise<string> {
  const { id: orderId, cdks, checkout } = await orderByNumber(number)
  const now = new Date()
  return inTransaction(db(), async (tx) => {
    const { buyerId } = checkout
    const cdkIds = cdks.map(({ id }) => id)
    // Each journey complains as somebody else: one buyer may not have many open.
    const buyerKey = `${randomBytes(5).toString('hex')}-${buyerKeyOf(checkout)}`
    const wish = { demand: 'REFUND', demandMinor: null, statement: '激活时提示已被使用。' } as const
    const input = { orderId, buyerId, buyerKey, failure, cdkIds, ...wish }
    const { complaintId } = await openComplaint(tx, input, { kind: 'BUYER', id: buyerId }, now)
    const locked = await lockCase(tx, complaintId)
    await escalateCase(tx, locked, { name: 'escalate-at-once', by: 'RULE', actor: SYSTEM }, now)
    await seat(tx, complaintId, seats)
    return complaintId
  })
}

/** Puts arbitrators on seats, in the transaction that opens the seats: the worker finds nothing to assign. */
export async function seat(tx: Tx, complaintId: string, seats: Partial<Record<Seat, Arbitrator>>): Promise<void> {
  const data = Object.fromEntries(
    Object.entries(seats).map(([name, { id }]) => [SEAT_COLUMN[name as Seat], id] as const),
  )
  await tx.complaint.update({ where: { id: complaintId }, data })
}
