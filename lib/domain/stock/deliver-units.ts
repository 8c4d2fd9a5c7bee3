import type { Actor } from '@/lib/domain/actor'
import { type Tx, dbNull, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { changeCdks } from './change-cdks'
import type { DuplicateLine } from './find-duplicates'
import { importUnits } from './import-units'
import { MAX_CDK_LENGTH } from './read-lines'
import type { CdkVault } from './vault'

/** Why a line cannot be delivered. */
export interface HandFault {
  readonly line: number
  readonly verdict: DuplicateLine['verdict'] | 'too-long'
}

export interface HandUnits {
  readonly merchantId: string
  readonly variantId: string
  readonly orderId: string
  readonly uploadedById: string
  readonly fileName: string | null
  readonly lines: readonly { readonly line: number; readonly code: string }[]
}

/**
 * Stores codes that were brought for one order and hands them to it: all of them, or none and why. They make a batch that is out of
 * sale from the start, so that a CDK that comes back unseen retires instead of standing as stock of a variant that has none.
 * The caller holds the order's row and moves it.
 */
export async function deliverUnits(
  tx: Tx,
  vault: CdkVault,
  { orderId, lines, ...of }: HandUnits,
  actor: Actor,
  now: Date,
): Promise<readonly HandFault[]> {
  const tooLong = lines.filter(({ code }) => code.length > MAX_CDK_LENGTH)
  if (tooLong.length > 0) return tooLong.map(({ line }) => ({ line, verdict: 'too-long' }))
  const units = lines.map(({ line, code }) => ({ line, secret: code, fingerprint: vault.fingerprint(code) }))
  const input = { ...of, units, leftOut: { empty: 0, faulty: 0 }, allOrNothing: true }
  const { batchId, duplicates } = await importUnits(tx, vault, input, now)
  if (batchId === null) return duplicates
  // What was brought for one order was meant as that order's snapshot says; the listing of today says nothing about it.
  await tx.stockBatch.update({
    where: { id: batchId },
    data: { kind: 'HAND_DELIVERY', retiredAt: now, attributes: dbNull },
  })
  const told = { actor, scopeId: orderId, details: { orderId }, now }
  const ofBatch = sql`c."merchantId" = ${of.merchantId}::uuid AND c."batchId" = ${batchId}::uuid`
  const reserved = await changeCdks(
    tx,
    { set: sql`state = 'RESERVED', "orderId" = ${orderId}::uuid`, where: sql`${ofBatch} AND c.state = 'AVAILABLE'` },
    { ...told, type: 'reserved' },
  )
  const delivered = await changeCdks(
    tx,
    { set: sql`state = 'DELIVERED', "deliveredAt" = ${now}`, where: sql`${ofBatch} AND c.state = 'RESERVED'` },
    { ...told, type: 'delivered' },
  )
  invariant(
    reserved === units.length && delivered === units.length,
    `order ${orderId} was brought ${units.length}, got ${delivered}`,
  )
  return []
}
