import { beforeEach, describe, expect, test } from 'vitest'
import {
  MOST_COMPLAINTS_A_DAY,
  MOST_OPEN_COMPLAINTS,
  type OpenComplaintInput,
  openAndRule,
  openComplaint,
  saveDraft,
} from '@/lib/domain/complaints'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { BUYER, NOW, type AnOrder, aDeliveredOrder, aListing, run } from '@/tests/support/factories'
import { anOpenCase } from '@/tests/support/complaints'
import { race } from '@/tests/support/race'
import { z } from 'zod'

const refused = (code: string) => ({ status: 'rejected', reason: { code } })

describe('a buyer who complains about everything', () => {
  const buyerKey = 'everything@example.com'
  let template = ''
  beforeEach(async () => {
    template = (await anOpenCase({ buyerKey: `${newId()}@example.com` })).complaintId
    await db.$executeRaw`UPDATE complaint SET "buyerKey" = "buyerKey" || '#' || id WHERE "buyerKey" = ${buyerKey}`
  })

  test('10,000 complaints of the past open no door: the next 30 of a day are taken, the 31st is not', async () => {
    await copies(template, buyerKey, 10_000, { closed: true, openedAt: after(NOW, -2 * DAY_MS) })
    await copies(template, buyerKey, MOST_COMPLAINTS_A_DAY - 1, { closed: true, openedAt: after(NOW, -1) })
    await anOpenCase({ buyerKey })
    await expect(anOpenCase({ buyerKey })).rejects.toMatchObject({
      code: 'complaint/too-many-today',
      params: { most: MOST_COMPLAINTS_A_DAY },
    })
    await anOpenCase({ buyerKey, at: after(NOW, 2 * DAY_MS) })
  })

  test('20 may be open at a time; whoever else buys is not held up by it', async () => {
    await copies(template, buyerKey, MOST_OPEN_COMPLAINTS, { closed: false, openedAt: after(NOW, -2 * DAY_MS) })
    const order = await aDeliveredOrder()
    await expect(anOpenCase({ buyerKey, orderId: order.orderId })).rejects.toMatchObject({
      code: 'complaint/too-many-open',
    })
    expect(await db.order.findUniqueOrThrow({ where: { id: order.orderId } })).toMatchObject({ complainedAt: null })
    await anOpenCase({ buyerKey: 'somebody-else@example.com', orderId: order.orderId })
  })

  test('two at once at the edge of what may be open: one', async () => {
    await copies(template, buyerKey, MOST_OPEN_COMPLAINTS - 1, { closed: false, openedAt: after(NOW, -2 * DAY_MS) })
    const [a, b] = [await wanted(await aDeliveredOrder()), await wanted(await aDeliveredOrder())]
    const [first, second] = await race(
      (tx) => openComplaint(tx, { ...a, buyerKey }, BUYER, NOW),
      (tx) => openComplaint(tx, { ...b, buyerKey }, BUYER, NOW),
    )
    expect([first, second]).toMatchObject([{ status: 'fulfilled' }, refused('complaint/too-many-open')])
  })
})

test('200 submits of one form at once open one complaint', async () => {
  const order = await aDeliveredOrder()
  const input = await wanted(order)
  const patient = { timeout: 60_000, maxWait: 60_000 }
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, () => db.$transaction((tx: Tx) => openAndRule(tx, input, BUYER, NOW), patient)),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results.filter(({ status }) => status === 'rejected')) {
    expect(result).toMatchObject(refused('complaint/known'))
  }
  expect(await db.complaint.count({ where: { orderId: order.orderId } })).toBe(1)
  expect(await db.orderEvent.count({ where: { orderId: order.orderId, type: 'complain' } })).toBe(1)
})

describe("somebody else's", () => {
  test('CDK, among his own or alone, is none of this order, of whatever merchant', async () => {
    const listing = await aListing()
    const [mine, other, elsewhere] = [
      await aDeliveredOrder({ listing }),
      await aDeliveredOrder({ listing }),
      await aDeliveredOrder(),
    ]
    const input = await wanted(mine)
    const foreign = [await wanted(other), await wanted(elsewhere)].flatMap(({ cdkIds }) => cdkIds)
    for (const cdkIds of [foreign, [...input.cdkIds, ...foreign.slice(0, 1)], [newId()], []]) {
      await expect(run((tx) => openAndRule(tx, { ...input, cdkIds }, BUYER, NOW))).rejects.toMatchObject({
        code: 'complaint/cdks',
      })
    }
    expect(await db.complaint.count({ where: { orderId: mine.orderId } })).toBe(0)
  })

  test('CDK that the records would decide for is not refunded through another order', async () => {
    const [mine, other] = [await aDeliveredOrder(), await aDeliveredOrder()]
    await db.cdk.updateMany({ where: { orderId: other.orderId }, data: { expiresAt: NOW, sellBy: NOW } })
    const { cdkIds } = await wanted(other)
    const input = { ...(await wanted(mine)), failure: 'EXPIRED', cdkIds } as const
    await expect(run((tx) => openAndRule(tx, input, BUYER, NOW))).rejects.toMatchObject({ code: 'complaint/cdks' })
    expect(await db.orderRefund.count({ where: { orderId: other.orderId } })).toBe(0)
  })

  test('a complaint about the charge takes no CDKs with it', async () => {
    const input = { ...(await wanted(await aDeliveredOrder())), failure: 'DUPLICATE_CHARGE' } as const
    await expect(run((tx) => openAndRule(tx, input, BUYER, NOW))).rejects.toMatchObject({ code: 'complaint/cdks' })
  })
})

test('an amount beyond the price, of nothing or of a fraction is refused', async () => {
  const input = { ...(await wanted(await aDeliveredOrder())), demand: 'COMPENSATION' } as const
  for (const demandMinor of [1_001, 0, -5, 0.5, null]) {
    await expect(run((tx) => openAndRule(tx, { ...input, demandMinor }, BUYER, NOW))).rejects.toMatchObject({
      code: 'complaint/amount',
    })
  }
})

test('a code that the buyer writes into his statement stands in the case and nowhere else', async () => {
  const order = await aDeliveredOrder()
  const input = await wanted(order)
  const secret = 'KB-4F1DBE77A90C2E63'
  const answers = { statement: `码是 ${secret}` }
  await run((tx) => saveDraft(tx, { orderId: order.orderId, merchantId: order.merchantId, answers }, NOW))
  expect(await tablesWith(secret)).toEqual(['complaint_draft'])
  await run((tx) => openAndRule(tx, { ...input, statement: answers.statement }, BUYER, NOW))
  expect(await tablesWith(secret)).toEqual(['case_entry'])
})

async function wanted({ orderId }: Pick<AnOrder, 'orderId'>): Promise<OpenComplaintInput> {
  const cdks = await db.cdk.findMany({ where: { orderId }, orderBy: { id: 'asc' } })
  const facts = { failure: 'INVALID', demand: 'REFUND', demandMinor: null, statement: '激活失败' } as const
  return { orderId, buyerId: null, buyerKey: `${orderId}@example.com`, cdkIds: cdks.map(({ id }) => id), ...facts }
}

/** Rows like an open case's, in one statement: what was opened through the verb ten thousand times. */
async function copies(
  complaintId: string,
  buyerKey: string,
  count: number,
  { closed, openedAt }: { readonly closed: boolean; readonly openedAt: Date },
): Promise<void> {
  await db.$executeRaw(sql`
    INSERT INTO complaint (id, "merchantId", "orderId", number, "buyerKey", failure, demand, "stakeMinor", currency, state, outcome, holds,
      "dueAt", "escalateAt", "openedAt", "closedAt", "afterRelease", "entrySeq", "entryHash")
    SELECT gen_random_uuid(), "merchantId", "orderId", 'KC' || gen_random_uuid(), ${buyerKey}, failure, demand, "stakeMinor", currency,
      (CASE WHEN ${closed} THEN 'CLOSED' ELSE 'OPEN' END)::"ComplaintState", (CASE WHEN ${closed} THEN 'WITHDRAWN' END)::"ComplaintOutcome", FALSE,
      CASE WHEN NOT ${closed} THEN "dueAt" END, "escalateAt", ${openedAt}::timestamptz, CASE WHEN ${closed} THEN ${openedAt}::timestamptz END,
      FALSE, 0, "entryHash"
    FROM complaint, generate_series(1, ${count}::int) WHERE id = ${complaintId}::uuid`)
}

/** Names of the tables in which a text stands, in whatever column. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await selectRows(
    db,
    z.object({ name: z.string() }),
    sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await db.$queryRawUnsafe<{ count: bigint }[]>(
      `SELECT count(*) AS count FROM "${name}" t WHERE to_jsonb(t)::text LIKE $1`,
      `%${text}%`,
    )
    if ((row?.count ?? 0n) > 0n) found.push(name)
  }
  return found
}
