import { z } from 'zod'
import { ORDER_TRANSITIONS, type Transition } from '@/lib/domain/orders'
import { type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import type { Json } from '@/lib/kernel/canonical-json'
import { hashJson } from '@/lib/kernel/hash-json'
import { invariant } from '@/lib/kernel/invariant'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { type Finding, type Invariant, MOST_EXAMPLES, bySql } from './invariant'

const ORDERS = sql`SELECT count(*) FROM "order"`
const TRANSITIONS: readonly (readonly [string, Transition])[] = Object.entries(ORDER_TRANSITIONS)

/** Beyond this something that should run by itself does not. */
const OVERDUE_MS = HOUR_MS

/** How many snapshots are in memory at a time. */
const BATCH = 500

interface Path {
  readonly status: Transition['to']
  readonly names: readonly string[]
}

/**
 * Every way through the state machine, with where it ends. The machine never comes back to a status, so the set of
 * transitions names the path: the audit need not trust the sequence of events that two servers wrote at one moment.
 */
function pathsFrom({ status, names }: Path): Path[] {
  invariant(
    names.length <= TRANSITIONS.length,
    'the order state machine has a circle: compare paths by sequence instead',
  )
  const steps = TRANSITIONS.filter(([, { from }]) => from.includes(status))
  return [{ status, names }, ...steps.flatMap(([name, { to }]) => pathsFrom({ status: to, names: [...names, name] }))]
}

const LEGAL = join(
  pathsFrom({ status: 'AWAITING_PAYMENT', names: [] }).map(
    ({ status, names }) => sql`(${status}, ${names.toSorted().join(' ')})`,
  ),
)
const MOVES = join(TRANSITIONS.map(([name]) => sql`${name}`))
const MAY = join(TRANSITIONS.flatMap(([name, { by }]) => by.map((kind) => sql`(${name}, ${kind})`)))

export const ORDERS_KEPT: readonly Invariant[] = [
  bySql({
    name: 'orders/history',
    says: 'the events of every order begin with its placing and lead along the state machine to its status',
    unit: 'orders',
    of: ORDERS,
    offenders: () => sql`
      SELECT o.id::text AS id FROM "order" o
      LEFT JOIN (
        SELECT "orderId", count(*) FILTER (WHERE type = 'place') AS places, min(at) FILTER (WHERE type = 'place') = min(at) AS first,
               COALESCE(string_agg(type, ' ' ORDER BY type COLLATE "C") FILTER (WHERE type IN (${MOVES})), '') AS moves
        FROM order_event GROUP BY "orderId"
      ) AS e ON e."orderId" = o.id
      WHERE e.places IS DISTINCT FROM 1 OR NOT e.first
         OR (o.status::text, e.moves) NOT IN (VALUES ${LEGAL})`,
  }),
  bySql({
    name: 'orders/actors',
    says: 'every step of an order was taken by somebody who may take it',
    unit: 'events',
    of: sql`SELECT count(*) FROM order_event`,
    offenders: () => sql`
      SELECT id::text AS id FROM order_event WHERE type IN (${MOVES}) AND (type, "actorKind"::text) NOT IN (VALUES ${MAY})`,
  }),
  {
    name: 'orders/snapshot-hash',
    says: 'every snapshot still has the hash it was frozen with',
    severity: 'error',
    check: hashSnapshots,
  },
  bySql({
    name: 'orders/snapshot-facts',
    says: 'what was frozen is what the order charges: unit price, quantity, total, fee, currency, variant and merchant',
    unit: 'orders',
    of: ORDERS,
    offenders: () => sql`
      SELECT id::text AS id FROM "order"
      WHERE snapshot @> jsonb_build_object(
        'price', jsonb_build_object('unitPriceMinor', "unitPriceMinor", 'quantity', quantity, 'totalMinor', "totalMinor", 'feeMinor', "feeMinor", 'currency', currency),
        'variant', jsonb_build_object('id', "variantId"), 'merchant', jsonb_build_object('id', "merchantId"), 'product', jsonb_build_object('id', "productId")
      ) IS NOT TRUE`,
  }),
  bySql({
    name: 'orders/overdue',
    says: 'no order, refund or callback has been waiting for its next automatic step for more than an hour (is the worker running?)',
    severity: 'warning',
    unit: 'waiting',
    of: sql`
      SELECT (SELECT count(*) FROM "order" WHERE "dueAt" IS NOT NULL) + (SELECT count(*) FROM refund WHERE "dueAt" IS NOT NULL)
           + (SELECT count(*) FROM payment_event WHERE verdict = 'RECEIVED')`,
    offenders: ({ now }) => sql`
      SELECT 'order ' || id AS id FROM "order" WHERE "dueAt" < ${after(now, -OVERDUE_MS)}
      UNION ALL SELECT 'refund ' || id FROM refund WHERE "dueAt" < ${after(now, -OVERDUE_MS)}
      UNION ALL SELECT 'callback ' || id FROM payment_event WHERE verdict = 'RECEIVED' AND "receivedAt" < ${after(now, -OVERDUE_MS)}`,
  }),
]

/** What comes out of a jsonb column is JSON; checking every node of it again would take most of the audit's time. */
const AnyJson = z.custom<Json>((value) => value !== undefined)
const Frozen = z.object({ id: z.string(), snapshot: AnyJson, snapshotHash: z.string() })

/** Page by page along the primary key: memory stays the same however many orders there are. */
async function hashSnapshots(tx: Tx): Promise<Finding> {
  const examples: string[] = []
  let counted = 0
  let offenders = 0
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await selectRows(
      tx,
      Frozen,
      sql`SELECT id, snapshot, "snapshotHash" FROM "order" WHERE id > ${last}::uuid ORDER BY id LIMIT ${BATCH}`,
    )
    const bad = page.filter(({ snapshot, snapshotHash }) => hashJson(snapshot) !== snapshotHash)
    counted += page.length
    offenders += bad.length
    examples.push(...bad.slice(0, MOST_EXAMPLES - examples.length).map(({ id }) => id))
    const end = page.at(-1)
    if (!end) return { counted, unit: 'snapshots', offenders, examples }
    last = end.id
  }
}
