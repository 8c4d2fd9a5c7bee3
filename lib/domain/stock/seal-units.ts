import { hash } from 'node:crypto'
import { NO_EVENT, commitmentPreimage, eventPreimage } from '@/lib/domain/provenance'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { BUCKETS } from './buckets'
import type { ImportUnit } from './find-duplicates'
import { NEVER, sellByOf } from './sell-by'
import type { BatchKey, CdkVault } from './vault'

/** The batch that units are sealed for. */
export interface SealFor {
  readonly merchantId: string
  readonly batchId: string
  /** The larger of what the variant and the batch promise; 0 for none. */
  readonly validityDays: number
  /** Of whoever imports, within the batch (`pseudonymOf`). */
  readonly actorPseudonym: string
}

/** What is stored of a unit, in `cdk` and, as its first event, in `cdk_event`. */
export interface SealedUnit {
  readonly id: string
  readonly bucket: number
  readonly ciphertext: Uint8Array<ArrayBuffer>
  readonly fingerprint: Uint8Array<ArrayBuffer>
  readonly expiresAt: Date | null
  readonly sellBy: Date
  readonly costMinor: number | null
  readonly note: string | null
  readonly salt: Uint8Array<ArrayBuffer>
  /** Hex, as the next one. */
  readonly commitment: string
  readonly eventHash: string
}

/** The columns behind the commitment of an `imported` event. */
export const importedDetails = (batchId: string) => ({ batchId })

const SALT_BYTES = 32

/**
 * Makes what seals the units of one batch at `now`: ciphertext under the batch's key and the first event of the chain, pure
 * but for fresh ids and salts. What all events of a batch have in common is laid out once; a million codes need it.
 */
export function createSealer(
  vault: CdkVault,
  key: BatchKey,
  { merchantId, batchId, validityDays, actorPseudonym }: SealFor,
  now: Date,
): (unit: ImportUnit) => SealedUnit {
  const commitTo = commitmentForm(batchId)
  const hashEvent = eventForm(merchantId, actorPseudonym, now)
  const random = randomPool()
  return (unit) => {
    const id = newId()
    const salt = random(SALT_BYTES)
    const commitment = commitTo(salt)
    const { expiresAt = null, costMinor = null, note = null, fingerprint, secret } = unit
    return {
      id,
      bucket: (random(1)[0] ?? 0) % BUCKETS,
      ciphertext: vault.seal(key, { merchantId, cdkId: id }, secret),
      fingerprint,
      expiresAt,
      sellBy: expiresAt ? sellByOf(expiresAt, validityDays) : NEVER,
      costMinor,
      note,
      salt,
      commitment,
      eventHash: hashEvent(id, commitment),
    }
  }
}

/** `commit` of the batch's details: only the salt differs from one to the next. */
function commitmentForm(batchId: string): (salt: Uint8Array) => string {
  const marker = new Uint8Array(SALT_BYTES).fill(0xff)
  const form = Buffer.from(commitmentPreimage(marker, importedDetails(batchId)))
  const at = form.indexOf(marker)
  invariant(at > 0, 'a commitment holds its salt')
  return (salt) => {
    form.set(salt, at)
    return hash('sha256', form, 'hex')
  }
}

/** The hash of an `imported` event: only the CDK's id and the commitment differ. */
function eventForm(
  merchantId: string,
  actorPseudonym: string,
  now: Date,
): (cdkId: string, commitment: string) => string {
  const [idMark, commitmentMark] = ['<cdk>', '<commitment>']
  const event = { merchantId, cdkId: idMark, seq: 0, type: 'imported' as const, at: now.getTime() }
  const preimage = eventPreimage({ ...event, actorPseudonym, commitment: commitmentMark, prevHash: NO_EVENT })
  const text = Buffer.from(preimage).toString('utf8')
  const [before, between, behind] = text.split(/<cdk>|<commitment>/u)
  invariant(before !== undefined && between !== undefined && behind !== undefined, 'an event holds id and commitment')
  return (cdkId, commitment) => hash('sha256', before + cdkId + between + commitment + behind, 'hex')
}

const POOL_BYTES = 32_768

/** Random bytes fetched by the thousand; every byte is given out once. */
function randomPool(): (length: number) => Uint8Array<ArrayBuffer> {
  let pool = new Uint8Array()
  let at = 0
  return (length) => {
    if (at + length > pool.length) {
      pool = crypto.getRandomValues(new Uint8Array(POOL_BYTES))
      at = 0
    }
    at += length
    return pool.subarray(at - length, at)
  }
}
