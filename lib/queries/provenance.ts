import { z } from 'zod'
import { CDK_EVENT_TYPES, parseCheckpoint, parseNote, toHex } from '@/lib/domain/provenance'
import { type LogKeys, readLogIdentity } from '@/lib/domain/sealing'
import { type Sql, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { type BuyerScope, inScope } from './order/scope'

/** One event of a CDK's chain as pages show it. */
export const ChainEvent = z.object({
  seq: z.number(),
  type: z.enum(CDK_EVENT_TYPES),
  at: z.coerce.date(),
  /** Which entry of the log it is; null until the sealer has taken it. */
  leaf: z.number().nullable(),
})
export type ChainEvent = z.infer<typeof ChainEvent>

/**
 * The events of a CDK, oldest first, as a column of the statement that reads the CDK. With `orderId` the import and what
 * happened in that order only: what a buyer may see of a CDK that others had before or after.
 */
export function chainColumn(cdkId: Sql, orderId?: Sql): Sql {
  const own = orderId ? sql`AND (e.seq = 0 OR e.details->>'orderId' = ${orderId}::text)` : empty
  return sql`COALESCE((
    SELECT jsonb_agg(jsonb_build_object('seq', e.seq, 'type', e.type, 'at', e.at, 'leaf', l.index) ORDER BY e.seq)
    FROM cdk_event e LEFT JOIN log_leaf l ON l."cdkId" = e."cdkId" AND l.seq = e.seq
    WHERE e."cdkId" = ${cdkId} ${own}), '[]'::jsonb)`
}

/** The vkey that signs the log at present, in one statement. */
export async function findLogKey(db: Tx, keys: LogKeys): Promise<string> {
  const { signer } = await readLogIdentity(db, keys)
  return signer.verifier.vkey
}

const Witness = z.object({ vkey: z.string(), size: z.number(), at: z.coerce.date() })

const Head = z.object({ note: z.string().nullable(), at: z.date().nullable(), witnesses: z.array(Witness) })

export interface LogPage {
  readonly origin: string
  /** The vkey that signs at present. */
  readonly vkey: string
  /** How often the key has changed. */
  readonly handovers: number
  /** Null as long as nothing was sealed. `root` is hex. */
  readonly checkpoint: { readonly size: number; readonly root: string; readonly at: Date } | null
  /** Who cosigned of late, and the newest checkpoint that each did. */
  readonly witnesses: readonly z.infer<typeof Witness>[]
}

/** Old cosignatures are not looked through: a witness that has been silent for as many is none. */
const RECENT_COSIGNATURES = 1_000

/** What the log's public page shows, in two statements. */
export async function findLogPage(db: Tx, keys: LogKeys): Promise<LogPage> {
  const { origin, signer, handovers } = await readLogIdentity(db, keys)
  const [head] = await selectRows(
    db,
    Head,
    sql`
      SELECT c.note, c.at,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('vkey', w.witness, 'size', w.size, 'at', w.at) ORDER BY w.witness) FROM (
                         SELECT DISTINCT ON (r.witness) r.witness, r.size, r.at
                         FROM (SELECT witness, size, at FROM log_cosignature ORDER BY size DESC LIMIT ${RECENT_COSIGNATURES}) r
                         ORDER BY r.witness, r.size DESC) w), '[]'::jsonb) AS witnesses
      FROM (VALUES (1)) AS one LEFT JOIN LATERAL (SELECT note, at FROM log_checkpoint ORDER BY size DESC LIMIT 1) c ON true`,
  )
  const { note = null, at = null, witnesses = [] } = head ?? {}
  return {
    origin,
    vkey: signer.verifier.vkey,
    handovers: handovers.length,
    checkpoint: note === null || at === null ? null : { ...headOf(note), at },
    witnesses,
  }
}

function headOf(note: string): { readonly size: number; readonly root: string } {
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '')
  invariant(checkpoint, 'a stored checkpoint cannot be read')
  return { size: checkpoint.size, root: toHex(checkpoint.root) }
}

const Named = z.object({ id: z.string(), number: z.string() })

/** The order that a buyer wants proved; null for one outside the scope. */
export async function findOrderOfBuyer(
  db: Tx,
  scope: BuyerScope,
  number: string,
): Promise<z.infer<typeof Named> | null> {
  const [row] = await selectRows(
    db,
    Named,
    sql`SELECT o.id, o.number FROM "order" o JOIN checkout c ON c.id = o."checkoutId" WHERE o.number = ${number} AND ${inScope(scope)}`,
  )
  return row ?? null
}

/** The order that a merchant wants proved, or, with null, an operator; null for another merchant's. */
export async function findOrderOf(
  db: Tx,
  merchantId: string | null,
  id: string,
): Promise<z.infer<typeof Named> | null> {
  const [row] = await selectRows(
    db,
    Named,
    sql`SELECT id, number FROM "order" WHERE id = ${id}::uuid AND ${ofMerchant(merchantId)}`,
  )
  return row ?? null
}

/** The id of a CDK of the merchant's, or, with null, of anybody's, as we write it; null where there is none. */
export async function findCdkOf(db: Tx, merchantId: string | null, id: string): Promise<string | null> {
  const [row] = await selectRows(
    db,
    z.object({ id: z.string() }),
    sql`SELECT id FROM cdk WHERE id = ${id}::uuid AND ${ofMerchant(merchantId)}`,
  )
  return row?.id ?? null
}

function ofMerchant(merchantId: string | null): Sql {
  return merchantId === null ? sql`true` : sql`"merchantId" = ${merchantId}::uuid`
}
