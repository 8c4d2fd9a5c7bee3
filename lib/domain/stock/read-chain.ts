import { z } from 'zod'
import { type CdkEvent, CDK_EVENT_TYPES, type CommittedData, NO_EVENT } from '@/lib/domain/provenance'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'

const Row = z.object({
  merchantId: z.string(),
  cdkId: z.string(),
  seq: z.number(),
  type: z.enum(CDK_EVENT_TYPES),
  at: z.date(),
  actorPseudonym: z.string(),
  commitment: z.string(),
  hash: z.string(),
  salt: z.instanceof(Uint8Array).nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
})

/** An event as it is stored, with what opens its commitment as long as nobody destroyed that. */
export interface StoredEvent {
  readonly event: CdkEvent
  readonly opening: { readonly salt: Uint8Array<ArrayBuffer>; readonly data: CommittedData } | null
}

/** The chains of CDKs by id, each from its import on. The caller has checked who asks. */
export async function readChains(tx: Tx, cdkIds: readonly string[]): Promise<Map<string, readonly StoredEvent[]>> {
  const rows = await selectRows(
    tx,
    Row,
    sql`
      SELECT "merchantId", "cdkId", seq, type, at, "actorPseudonym", encode(commitment, 'hex') AS commitment,
             encode(hash, 'hex') AS hash, salt, details
      FROM cdk_event WHERE "cdkId" = ANY (${[...cdkIds]}::uuid[]) ORDER BY "cdkId", seq`,
  )
  const chains = new Map<string, StoredEvent[]>()
  for (const { salt, details, at, ...told } of rows) {
    const chain = chains.get(told.cdkId) ?? []
    const event = { ...told, at: at.getTime(), prevHash: chain.at(-1)?.event.hash ?? NO_EVENT }
    const opening = salt && details ? { salt: new Uint8Array(salt), data: details } : null
    chains.set(told.cdkId, [...chain, { event, opening }])
  }
  return chains
}
