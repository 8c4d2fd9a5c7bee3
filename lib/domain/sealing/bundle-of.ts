import { z } from 'zod'
import { type SealedPart, buildBundle, formatBundle, tilesForBundle } from '@/lib/domain/provenance'
import { type StoredEvent, readChains, sha256 } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { cdksOfOrder } from './cdks-of-order'
import { type LogKeys, readLogIdentity } from './log-keys'
import { type PublishedCheckpoint, findCheckpoint, findCosigned, findOldestCheckpoint } from './read-checkpoints'
import { readShelf } from './stored-tiles'

export interface BundleAsk {
  /** An order stands for the CDKs that were ever its own, given back ones included. */
  readonly subject: { readonly kind: 'order' | 'cdk'; readonly id: string }
  /** Of an order: these of its CDKs only. */
  readonly cdkIds?: readonly string[]
  /** The log is shown to go on from its newest checkpoint of at most this size; left out, from its oldest. */
  readonly olderSize?: number
  /** `all` also opens what happened in other orders: for the merchant whose CDKs they are, and for operators. */
  readonly open?: 'own' | 'all'
}

/**
 * The text of a proof bundle, canonical JSON. The caller has checked who asks. Unless `open` says otherwise, only the import and
 * the order's own events are opened and the chain ends where another order takes the CDK: a buyer learns of no other order.
 * Refuses `access/not-found` (no such CDK, or an order without any) and `provenance/not-sealed` while an event that
 * belongs in waits for the sealer, which takes seconds.
 */
export async function bundleOf(tx: Tx, keys: LogKeys, ask: BundleAsk): Promise<string> {
  const { subject, cdkIds, olderSize } = ask
  const own = subject.kind === 'cdk' ? [subject.id] : await cdksOfOrder(tx, subject.id)
  const wanted = own.filter((id) => cdkIds?.includes(id) ?? true)
  const chains = [...(await readChains(tx, wanted)).values()].map((chain) => partShown(chain, ask))
  if (chains.length === 0) throw new Refusal('access/not-found')

  const sealed = await withLeaves(tx, wanted, chains)
  const from = Math.max(...sealed.flat().map(({ leafIndex }) => leafIndex)) + 1
  const checkpoint = await findHead(tx, from)
  const asked = olderSize === undefined ? await findOldestCheckpoint(tx) : await findCheckpoint(tx, olderSize)
  const older = asked && asked.size < checkpoint.size ? asked : null
  const { firstKey, handovers } = await readLogIdentity(tx, keys)
  const parts = {
    subject,
    log: { firstKey, handovers: [...handovers] },
    witnesses: [...new Set([...checkpoint.witnesses, ...(older?.witnesses ?? [])])],
    checkpoint: checkpoint.note,
    older: older && older.note,
    chains: sealed,
  }
  return formatBundle(buildBundle(sha256, parts, await readShelf(tx, tilesForBundle(parts))))
}

/** The chain up to where the CDK's next life begins, in another order; openings that are nobody else's business. */
function partShown(chain: readonly StoredEvent[], { subject, open = 'own' }: BundleAsk): readonly StoredEvent[] {
  if (open === 'all') return chain
  const isOwn = ({ opening }: StoredEvent) => subject.kind === 'order' && opening?.data.orderId === subject.id
  const last = chain.findLastIndex(isOwn)
  const next = last < 0 ? -1 : chain.findIndex(({ event }, at) => at > last && event.type === 'reserved')
  return chain
    .slice(0, next < 0 ? chain.length : next)
    .map((stored) => (isOwn(stored) || stored.event.type === 'imported' ? stored : { ...stored, opening: null }))
}

const Leaf = z.object({ cdkId: z.string(), seq: z.number(), index: z.number() })

async function withLeaves(
  tx: Tx,
  cdkIds: readonly string[],
  chains: readonly (readonly StoredEvent[])[],
): Promise<SealedPart[][]> {
  const leaves = await selectRows(
    tx,
    Leaf,
    sql`SELECT "cdkId", seq, index::float8 AS index FROM log_leaf WHERE "cdkId" = ANY (${[...cdkIds]}::uuid[])`,
  )
  const indexes = new Map(leaves.map(({ cdkId, seq, index }) => [`${cdkId}/${seq}`, index]))
  return chains.map((chain) =>
    chain.map((stored) => {
      const leafIndex = indexes.get(`${stored.event.cdkId}/${stored.event.seq}`)
      if (leafIndex === undefined) throw new Refusal('provenance/not-sealed')
      return { ...stored, leafIndex }
    }),
  )
}

/** A tree head with all of it inside: the newest one that witnesses cosigned, if it reaches so far, else the newest. */
async function findHead(tx: Tx, from: number): Promise<PublishedCheckpoint> {
  const cosigned = await findCosigned(tx)
  if (cosigned && cosigned.size >= from) return cosigned
  const newest = await findCheckpoint(tx)
  if (!newest || newest.size < from) throw new Refusal('provenance/not-sealed')
  return newest
}
