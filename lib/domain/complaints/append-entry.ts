import { fromHex, newSalt, toHex } from '@/lib/domain/provenance'
import { pseudonymOf, sha256 } from '@/lib/domain/stock'
import { type JsonObject, type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { Actor } from '@/lib/domain/actor'
import { invariant } from '@/lib/kernel/invariant'
import { z } from 'zod'
import { NO_ENTRY, commitEntry, entryHash } from './case-chain'
import type { CaseEntryType } from './entries'
import { tellSides } from './tell-sides'

const Head = z.object({
  merchantId: z.string(),
  orderId: z.string(),
  entrySeq: z.number(),
  entryHash: z.instanceof(Uint8Array),
})

export interface NewEntry {
  readonly type: CaseEntryType
  readonly actor: Actor
  readonly body: JsonObject
  /** Tells nobody: another entry of the same moment does. */
  readonly quiet?: boolean
}

/**
 * Adds to a case's hash chain and tells the other sides (`tellSides`), in the transaction of what happened. The complaint's row is
 * locked until it ends, so two entries at the same moment follow each other. Returns the entry's number; `opened` is 0.
 */
export async function appendEntry(tx: Tx, complaintId: string, entry: NewEntry, now: Date): Promise<number> {
  const { type, actor, body } = entry
  const [head] = await selectRows(
    tx,
    Head,
    sql`SELECT "merchantId", "orderId", "entrySeq", "entryHash" FROM complaint WHERE id = ${complaintId}::uuid FOR UPDATE`,
  )
  invariant(head, `complaint ${complaintId} exists`)
  const seq = type === 'opened' ? 0 : head.entrySeq + 1
  const salt = newSalt()
  // Of two transactions the later to lock may carry the earlier time: time never runs backwards in a chain.
  const last = type === 'opened' ? null : await lastAt(tx, complaintId, head.entrySeq)
  const at = last && last > now ? last : now
  // As it will be read back: members that are undefined are not there.
  const stored = z.json().parse(JSON.parse(JSON.stringify(body)))
  const commitment = commitEntry(sha256, salt, stored)
  const facts = {
    complaintId,
    seq,
    type,
    at: at.getTime(),
    actorPseudonym: pseudonymOf(actor, head.orderId),
    commitment,
    prevHash: type === 'opened' ? NO_ENTRY : toHex(head.entryHash),
  }
  const hash = entryHash(sha256, facts)
  await tx.caseEntry.create({
    data: {
      complaintId,
      seq,
      merchantId: head.merchantId,
      type,
      at,
      actorKind: actor.kind,
      actorId: actor.id,
      body,
      salt,
      commitment: bytesOf(commitment),
      hash,
    },
  })
  await tx.complaint.update({ where: { id: complaintId }, data: { entrySeq: seq, entryHash: hash } })
  if (!entry.quiet) await tellSides(tx, complaintId, { seq, type, actor }, now)
  return seq
}

async function lastAt(tx: Tx, complaintId: string, seq: number): Promise<Date> {
  const { at } = await tx.caseEntry.findUniqueOrThrow({
    where: { complaintId_seq: { complaintId, seq } },
    select: { at: true },
  })
  return at
}

function bytesOf(hex: string) {
  const bytes = fromHex(hex)
  invariant(bytes, 'a commitment is hex')
  return bytes
}
