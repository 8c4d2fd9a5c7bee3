import { shopIsSelling } from '@/lib/domain/stock'
import type { InTransaction } from '@/lib/domain/tx'
import type { LogKeys } from './log-keys'
import { sealEvents } from './seal-events'

/** What one turn of the worker seals at most: then the others have theirs. */
const MOST_LEAVES = 100_000
/** Leaves of one transaction: few while buyers are in the shop, who would feel a large one; many in the quiet after an import. */
const WINDOW = { selling: 1_000, quiet: 20_000 }

/** Seals until nothing is left, some hundred thousand leaves are done or another sealer is at it; a transaction each time. */
export async function sealAll(run: InTransaction, keys: LogKeys, now: Date, most = MOST_LEAVES): Promise<number> {
  for (let leaves = 0; ;) {
    const window = (await run((tx) => shopIsSelling(tx, now))) ? WINDOW.selling : WINDOW.quiet
    const sealed = await run((tx) => sealEvents(tx, keys, now, window))
    leaves += sealed?.leaves ?? 0
    if (!sealed || sealed.drained || leaves >= most) return leaves
  }
}
