import { z } from 'zod'
import { NO_ENTRY, commitEntry, entryHash } from '@/lib/domain/complaints'
import { toHex } from '@/lib/domain/provenance'
import { pseudonymOf, sha256 } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { ActorKind } from '@/lib/infra/prisma/enums'
import type { Json } from '@/lib/kernel/canonical-json'
import { type Finding, MOST_EXAMPLES } from './invariant'

/** How many cases are in memory at a time. */
const BATCH = 200

const AnyJson = z.custom<Json>((value: unknown) => value !== undefined)
const bytes = z.instanceof(Uint8Array)
const Case = z.object({ id: z.string(), orderId: z.string(), entrySeq: z.number(), entryHash: bytes })
type Case = z.infer<typeof Case>
const Entry = z.object({
  complaintId: z.string(),
  seq: z.number(),
  type: z.string(),
  at: z.date(),
  actorKind: z.enum(ActorKind),
  actorId: z.string().nullable(),
  body: AnyJson,
  salt: bytes,
  commitment: bytes,
  hash: bytes,
})
type Entry = z.infer<typeof Entry>

/** Hashes every case anew. Page by page: memory stays the same however many cases there are. */
export async function walkChains(tx: Tx): Promise<Finding> {
  const examples: string[] = []
  let [counted, offenders] = [0, 0]
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await selectRows(
      tx,
      Case,
      sql`SELECT id, "orderId", "entrySeq", "entryHash" FROM complaint WHERE id > ${last}::uuid ORDER BY id LIMIT ${BATCH}`,
    )
    const end = page.at(-1)
    if (!end) return { counted, unit: 'cases', offenders, examples }
    const entries = await entriesOf(
      tx,
      page.map(({ id }) => id),
    )
    const bad = page.filter((one) => !isUnbroken(one, entries.get(one.id) ?? []))
    counted += page.length
    offenders += bad.length
    examples.push(...bad.slice(0, MOST_EXAMPLES - examples.length).map(({ id }) => id))
    last = end.id
  }
}

async function entriesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Entry[]>> {
  const rows = await selectRows(
    tx,
    Entry,
    sql`
      SELECT "complaintId", seq, type, at, "actorKind"::text AS "actorKind", "actorId", body, salt, commitment, hash
      FROM case_entry WHERE "complaintId" = ANY (${[...ids]}::uuid[]) ORDER BY "complaintId", seq`,
  )
  return Map.groupBy(rows, ({ complaintId }) => complaintId)
}

function isUnbroken({ id, orderId, entrySeq, entryHash: head }: Case, entries: readonly Entry[]): boolean {
  let prevHash = NO_ENTRY
  for (const [at, entry] of entries.entries()) {
    if (entry.seq !== at || entry.salt.length !== 32) return false
    const commitment = commitEntry(sha256, new Uint8Array(entry.salt), entry.body)
    const actorPseudonym = pseudonymOf({ kind: entry.actorKind, id: entry.actorId }, orderId)
    const { seq, type } = entry
    const facts = { complaintId: id, seq, type, at: entry.at.getTime(), actorPseudonym, commitment, prevHash }
    const hash = toHex(entryHash(sha256, facts))
    if (commitment !== toHex(entry.commitment) || hash !== toHex(entry.hash)) return false
    prevHash = hash
  }
  return entries.length === entrySeq + 1 && prevHash === toHex(head)
}
