import { randomInt } from 'node:crypto'
import { type Bytes, NO_EVENT, commit, eventPreimage, newSalt } from '@/lib/domain/provenance'
import { newId } from '@/lib/kernel/ids'
import { BUCKETS } from './buckets'
import type { ImportUnit } from './find-duplicates'
import { sellByOf } from './sell-by'
import { sha256 } from './sha256'
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
  readonly salt: Bytes
  readonly commitment: Bytes
  readonly eventHash: Bytes
}

/** The columns behind the commitment of an `imported` event. */
export const importedDetails = (batchId: string) => ({ batchId })

/** Seals a unit under its batch's key and makes the first event of its chain. Pure but for fresh ids and salts. */
export function sealUnit(vault: CdkVault, key: BatchKey, of: SealFor, unit: ImportUnit, now: Date): SealedUnit {
  const { merchantId, batchId, validityDays, actorPseudonym } = of
  const id = newId()
  const salt = newSalt()
  const commitment = commit(sha256, salt, importedDetails(batchId))
  const event = { merchantId, cdkId: id, seq: 0, type: 'imported' as const, at: now.getTime() }
  const eventHash = sha256(eventPreimage({ ...event, actorPseudonym, commitment, prevHash: NO_EVENT }))
  const { expiresAt = null, costMinor = null, note = null, fingerprint, secret } = unit
  return {
    id,
    bucket: randomInt(BUCKETS),
    ciphertext: vault.seal(key, { merchantId, cdkId: id }, secret),
    fingerprint,
    expiresAt,
    sellBy: sellByOf(expiresAt, validityDays),
    costMinor,
    note,
    salt,
    commitment: new Uint8Array(Buffer.from(commitment, 'hex')),
    eventHash,
  }
}
