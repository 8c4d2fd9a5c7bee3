import { canonicalJson } from '@/lib/kernel/canonical-json'
import {
  type BatchKey,
  type CdkVault,
  type ImportUnit,
  type SealFor,
  createSealer,
  importedDetails,
} from '@/lib/domain/stock'
import { CopyRows, fieldOf } from './copy-rows'

/** The columns of both tables in the order in which `sealChunk` writes them. */
export const COPY_CDKS = `COPY cdk ("merchantId", "variantId", "batchId", state, "eventSeq", "eventAt", "createdAt", id, bucket, ciphertext,
  fingerprint, "expiresAt", "sellBy", "costMinor", note, "eventHash") FROM STDIN (FORMAT binary)`
export const COPY_EVENTS = `COPY cdk_event ("merchantId", seq, type, at, "actorPseudonym", details, "cdkId", commitment, salt, hash)
  FROM STDIN (FORMAT binary)`

export interface SealTarget extends SealFor {
  readonly variantId: string
  readonly key: BatchKey
  /** How many buyers each code is for; as many CDKs are made of it. */
  readonly seats: number
}

/** CDKs and first events as COPY takes them; the seats of the unit at place n are the rows from n * seats on. */
export interface SealedChunk {
  readonly cdks: CopyRows
  readonly events: CopyRows
}

/** Memory for the rows of a chunk, to be used again when the chunk is recorded. */
export function roomForChunk(): SealedChunk {
  return { cdks: new CopyRows(), events: new CopyRows() }
}

/** A unit, and what the fingerprints of its further seats are taken of. */
export interface SeatedUnit extends ImportUnit {
  readonly identity: string
}

/**
 * Seals the units of a chunk one by one, whether they are then taken or not: that is asked while the next chunk is being
 * read. `room` must not be of a chunk that is still to be recorded.
 */
export function createChunkSealer(
  vault: CdkVault,
  target: SealTarget,
  now: Date,
  room: SealedChunk = roomForChunk(),
): { readonly add: (unit: SeatedUnit) => void; readonly sealed: SealedChunk } {
  const { merchantId, variantId, batchId, actorPseudonym, seats } = target
  const seal = createSealer(vault, target.key, target, now)
  const id = (value: string) => fieldOf((rows) => rows.hex(digits(value)))
  const text = (value: string) => fieldOf((rows) => rows.text(value))
  const [at, first] = [fieldOf((rows) => rows.time(now)), fieldOf((rows) => rows.int4(0))]
  const { cdks, events } = room
  cdks.restart(16, [id(merchantId), id(variantId), id(batchId), text('AVAILABLE'), first, at, at])
  // A JSONB value is its text behind the number of the format.
  const details = text(`\u0001${canonicalJson(importedDetails(batchId))}`)
  events.restart(10, [id(merchantId), first, text('imported'), at, text(actorPseudonym), details])
  const write = (unit: ImportUnit) => {
    const sealed = seal(unit)
    const cdkId = digits(sealed.id)
    cdks.beginRow()
    cdks.hex(cdkId)
    cdks.int2(sealed.bucket)
    cdks.bytes(sealed.ciphertext)
    cdks.bytes(sealed.fingerprint)
    cdks.time(sealed.expiresAt)
    cdks.time(sealed.sellBy)
    cdks.int4(sealed.costMinor)
    cdks.text(sealed.note)
    cdks.hex(sealed.eventHash)
    cdks.endRow()
    events.beginRow()
    events.hex(cdkId)
    events.hex(sealed.commitment)
    events.bytes(sealed.salt)
    events.hex(sealed.eventHash)
    events.endRow()
  }
  const add = (unit: SeatedUnit) => {
    write(unit)
    for (let seat = 2; seat <= seats; seat++) write({ ...unit, fingerprint: vault.fingerprint(unit.identity, seat) })
  }
  return { add, sealed: room }
}

const digits = (uuid: string) => uuid.replaceAll('-', '')
