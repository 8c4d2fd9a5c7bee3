import { type BundleAsk, bundleOf } from '@/lib/domain/sealing'
import { db } from '@/lib/infra/db'
import { logKeys } from '@/lib/infra/log-key'
import { inSnapshot } from '@/lib/infra/snapshot'
import { Refusal } from '@/lib/kernel/refusal'
import { jsonResponse } from '@/lib/web/download'
import { limit } from '@/lib/web/rate-limit'

/** Why there is no proof: its events wait for the sealer, or there never was a CDK. */
export type NoProof = 'wait' | 'none'

interface Asked {
  readonly ask: BundleAsk
  /** Whom the limit of `proof:asker` counts: an order, a shop, a person. */
  readonly countedBy: string
  /** Without its ending. */
  readonly fileName: string
  readonly otherwise: (why: NoProof) => Response | Promise<Response>
}

/** The proof as a file, or what `otherwise` says. The caller has checked who asks. */
export async function proofResponse({ ask, countedBy, fileName, otherwise }: Asked): Promise<Response> {
  try {
    await limit('proof:asker', countedBy)
  } catch (error) {
    if (error instanceof Refusal) return new Response(null, { status: 429, headers: { 'Retry-After': '900' } })
    throw error
  }
  try {
    const text = await inSnapshot(db(), (tx) => bundleOf(tx, logKeys(), ask))
    return jsonResponse(`${fileName}.json`, text)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return otherwise(error.code === 'provenance/not-sealed' ? 'wait' : 'none')
  }
}
