import { z } from 'zod'
import { decodeTree, signHandover, signingKeyOf, treeRoot } from '@/lib/domain/provenance'
import { sha256 } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { type LogKeys, requireOwnKey } from './log-keys'

const State = z.object({ size: z.number(), tree: z.instanceof(Uint8Array), checkpoint: z.string().nullable() })

/**
 * Hands the log over from its present key to the next version (`keys.seed(version + 1)`, which the caller has made and kept safe
 * before), at the tree head of this moment, and says which version signs from now on. Holds the sealer's row, so that no
 * checkpoint is signed between; of two at once the second goes on from the first one's key. The old secret must stay until this has committed.
 */
export async function handOverLog(tx: Tx, keys: LogKeys, now: Date): Promise<{ version: number; vkey: string }> {
  const [state] = await selectRows(
    tx,
    State,
    sql`SELECT size::float8 AS size, tree, (SELECT note FROM log_checkpoint c WHERE c.size = s.size) AS checkpoint FROM log_state s FOR UPDATE OF s`,
  )
  invariant(state, 'the log has a state')
  const { origin, handovers, signer } = await requireOwnKey(tx, keys, state.checkpoint)
  const version = handovers.length + 2
  const next = await signingKeyOf(origin, keys.seed(version))
  const root = treeRoot(sha256, decodeTree(state.size, state.tree))
  const note = await signHandover(signer, next, { size: state.size, root })
  await tx.logHandover.create({ data: { id: newId(), note, at: now } })
  return { version, vkey: next.verifier.vkey }
}
