import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { inSnapshot } from '@/lib/infra/snapshot'
import { ORDERS_KEPT } from '@/lib/queries/audit/orders'
import { databaseUrl, db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, vault } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'

type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json }

const url = new URL(inject('server').adminUrl)
url.pathname = new URL(databaseUrl).pathname
const admin = new Client({ connectionString: url.href })
let orderId = ''

beforeAll(async () => {
  await admin.connect()
  await admin.query('SET session_replication_role = replica')
  // What the database itself would refuse is let through, so that the audit is what finds it.
  await admin.query('ALTER TABLE "order" DROP CONSTRAINT order_total_sound')
  await aDeliveredOrder()
  orderId = (await aDeliveredOrder()).orderId
})
afterAll(() => admin.end())

/** Every order that the audit names. */
async function named(): Promise<string[]> {
  return inSnapshot(db, async (tx) => {
    const names: string[] = []
    for (const { check } of ORDERS_KEPT) {
      names.push(...(await check(tx, { vault, logKeys: LOG_KEYS, migrations: [], now: NOW })).examples)
    }
    return [...new Set(names)]
  })
}

/** The same value with one byte, digit or bit of it changed. */
function changed(value: Json): Json {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value !== 'string') return 'x'
  const at = Math.floor(Math.random() * value.length)
  return value.slice(0, at) + (value[at] === 'x' ? 'y' : 'x') + value.slice(at + 1)
}

/** The path of every leaf. */
function leavesOf(value: Json, path: readonly string[] = []): (readonly [readonly string[], Json])[] {
  if (value === null || typeof value !== 'object') return [[path, value]]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
}

test('a changed byte anywhere in what was frozen on an order is found and the order named', async () => {
  expect(await named()).toEqual([])
  const { snapshot } = await db.order.findUniqueOrThrow({ where: { id: orderId }, select: { snapshot: true } })
  const leaves = leavesOf(snapshot as Json)
  expect(leaves.length).toBeGreaterThan(20)
  for (const [path, value] of leaves) {
    const other = JSON.stringify(changed(value))
    await admin.query('UPDATE "order" SET snapshot = jsonb_set(snapshot, $2, $3) WHERE id = $1', [orderId, path, other])
    expect(await named(), `${path.join('.')} = ${other}`).toEqual([orderId])
    await admin.query('UPDATE "order" SET snapshot = $2 WHERE id = $1', [orderId, JSON.stringify(snapshot)])
  }
  expect(await named()).toEqual([])
})

test.each(['unitPriceMinor', 'quantity', 'totalMinor', 'feeMinor'])(
  'an order whose %s is not the frozen one is named',
  async (column) => {
    await admin.query(`UPDATE "order" SET "${column}" = "${column}" + 1 WHERE id = $1`, [orderId])
    expect(await named()).toEqual([orderId])
    await admin.query(`UPDATE "order" SET "${column}" = "${column}" - 1 WHERE id = $1`, [orderId])
    expect(await named()).toEqual([])
  },
)
