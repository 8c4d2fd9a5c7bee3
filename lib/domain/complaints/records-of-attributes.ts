import { ATTRIBUTE_KEYS, Attributes, type AttributeKey } from '@/lib/domain/catalog'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import type { Failure } from './failure-standard'
import type { RecordFact, RecordsAsked } from './records'

const Delivered = z.object({
  cdkId: z.string(),
  promised: Attributes,
  delivered: Attributes.nullable(),
  at: z.date(),
})

/** What a failure is about; those that are not here are about any attribute. */
const ABOUT: Partial<Record<Failure, readonly AttributeKey[]>> = {
  REGION_MISMATCH: ['region'],
  EDITION_MISMATCH: ['edition'],
}

/**
 * CDKs that came into stock under another listing than they were sold by: the attributes of their batch differ from those of the order's
 * snapshot. What one of the two does not state decides nothing.
 */
export async function recordsOfAttributes(
  tx: Tx,
  { order, failure, cdkIds }: RecordsAsked,
): Promise<readonly RecordFact[]> {
  const rows = await selectRows(
    tx,
    Delivered,
    sql`
      SELECT c.id AS "cdkId", o.snapshot->'product'->'attributes' AS promised, b.attributes AS delivered, c."createdAt" AS at
      FROM cdk c JOIN "order" o ON o.id = c."orderId" JOIN stock_batch b ON b.id = c."batchId"
      WHERE c."merchantId" = ${order.merchantId}::uuid AND c."orderId" = ${order.id}::uuid AND c.id = ANY (${[...cdkIds]}::uuid[])
      ORDER BY c.id`,
  )
  return rows.flatMap(({ cdkId, promised, delivered, at }): RecordFact[] => {
    const [first] = differing(promised, delivered ?? {}, ABOUT[failure] ?? ATTRIBUTE_KEYS)
    return first ? [{ record: 'ATTRIBUTES_DIFFER', cdkId, at: at.toISOString(), ...first }] : []
  })
}

/** Pure. A change of case, width or white space is no other region. */
export function differing(
  promised: Attributes,
  delivered: Attributes,
  keys: readonly AttributeKey[],
): { readonly attribute: AttributeKey; readonly promised: string; readonly delivered: string }[] {
  return keys.flatMap((attribute) => {
    const [one, other] = [promised[attribute], delivered[attribute]]
    if (one === undefined || other === undefined || spelling(one) === spelling(other)) return []
    return [{ attribute, promised: one, delivered: other }]
  })
}

function spelling(value: string): string {
  return value.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '')
}
