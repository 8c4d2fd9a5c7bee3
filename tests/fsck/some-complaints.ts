import { createHash } from 'node:crypto'
import { SYSTEM } from '@/lib/domain/actor'
import { appendEntry, carryOut, closeCase, lockCase, openComplaint } from '@/lib/domain/complaints'
import { buyerKeyOf } from '@/lib/domain/coupons'
import { takePenalty } from '@/lib/domain/merchants'
import { sealEvents } from '@/lib/domain/sealing'
import type { InTransaction } from '@/lib/domain/tx'
import type { Db } from '@/lib/infra/db'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { LOG_KEYS } from '@/tests/support/log-keys'

interface Desk {
  readonly db: Db
  readonly run: InTransaction
  readonly now: Date
}

/** An open complaint with an original, one that was ruled for the buyer with a penalty, and one whose CDK was replaced. */
export async function someComplaints(desk: Desk): Promise<void> {
  const orders = await deliveredOrders(desk)
  const [first, second, third] = orders
  if (!first || !second || !third) throw new Error(`the mall has ${orders.length} delivered orders to complain about`)
  await anOriginal(desk, await complain(desk, first))
  await end(desk, await complain(desk, second), 'REFUNDED')
  await end(desk, await complain(desk, third), 'REPLACED')
  while (!(await desk.run((tx) => sealEvents(tx, LOG_KEYS, desk.now)))?.drained);
}

type Order = Awaited<ReturnType<typeof deliveredOrders>>[number]

async function deliveredOrders({ db }: Desk) {
  const orders = await db.order.findMany({
    where: {
      status: 'DELIVERED',
      frozenAt: null,
      complainedAt: null,
      snapshot: { path: ['delivery', 'kind'], equals: 'AUTOMATIC' },
      cdks: { some: { state: 'DELIVERED', complaints: { none: {} } } },
    },
    include: {
      checkout: true,
      cdks: { where: { state: 'DELIVERED', complaints: { none: {} } }, orderBy: { id: 'asc' }, take: 1 },
      variant: { include: { _count: { select: { cdks: { where: { state: 'AVAILABLE' } } } } } },
    },
    orderBy: { id: 'asc' },
  })
  // The last has stock to replace from.
  return orders.toSorted((one, other) => one.variant._count.cdks - other.variant._count.cdks).slice(-3)
}

async function complain({ run, now }: Desk, order: Order) {
  const { buyerId } = order.checkout
  const input = {
    orderId: order.id,
    buyerId,
    buyerKey: buyerKeyOf(order.checkout),
    failure: 'ALREADY_USED',
    cdkIds: order.cdks.map(({ id }) => id),
    demand: 'REFUND',
    demandMinor: null,
    statement: '激活时提示已被使用。',
  } as const
  const opened = await run((tx) => openComplaint(tx, input, { kind: 'BUYER', id: buyerId }, now))
  return { ...opened, order, cdkIds: input.cdkIds }
}

type Case = Awaited<ReturnType<typeof complain>>

async function end({ run, now }: Desk, { complaintId, order, cdkIds }: Case, result: UnitResult): Promise<void> {
  const units = cdkIds.map((cdkId) => ({ cdkId, result }))
  const { merchantId, currency } = order
  await run(async (tx) => {
    const locked = await lockCase(tx, complaintId)
    if (result === 'REFUNDED') {
      const money = { merchantId, orderId: order.id, complaintId, amountMinor: 500, currency }
      await takePenalty(tx, { ...money, tariff: 'USED_CDK' }, now)
      await tx.ruling.create({
        data: {
          id: newId(),
          merchantId,
          complaintId,
          appeal: false,
          units,
          forBuyer: true,
          reasons: '已核实。',
          at: now,
        },
      })
      await tx.complaint.update({ where: { id: complaintId }, data: { ruledAt: now } })
    }
    const why = { actor: SYSTEM, reason: 'complaint-ruling', orRefund: false, ownMoneyOnly: false }
    await carryOut(tx, locked, { ...why, decision: { units, compensationMinor: 0 } }, now)
    await closeCase(tx, locked, { name: 'rule-by-records', outcome: 'RECORDS', actor: SYSTEM }, now)
  })
}

async function anOriginal({ run, now }: Desk, { complaintId, order }: Case): Promise<void> {
  const fileId = newId()
  const { merchantId } = order
  const sha256 = createHash('sha256').update('picture').digest()
  await run(async (tx) => {
    await tx.evidenceFile.create({
      data: {
        id: fileId,
        merchantId,
        complaintId,
        side: 'BUYER',
        kind: 'ISSUER_MESSAGE',
        fileName: '提示.png',
        contentType: 'image/png',
        byteCount: 7,
        receivedBytes: 7,
        sha256,
        ...(await someKey(tx)),
        state: 'READY',
        createdAt: now,
        touchedAt: now,
        readyAt: now,
      },
    })
    for (const [offset, byteCount] of [
      [0, 4],
      [4, 3],
    ] as const) {
      const fileKey = `evidence/${newId()}`
      await tx.evidencePart.create({ data: { fileId, offset, merchantId, fileKey, byteCount } })
    }
    const body = { fileId, fileName: '提示.png', kind: 'ISSUER_MESSAGE', sha256: sha256.toString('hex') }
    await appendEntry(tx, complaintId, { type: 'evidence', actor: { kind: 'BUYER', id: null }, body }, now)
  })
}

/** A data key that this installation can open. */
async function someKey(tx: Parameters<Parameters<InTransaction>[0]>[0]) {
  return tx.stockBatch.findFirstOrThrow({ select: { wrappedKey: true, masterKeyVersion: true } })
}
