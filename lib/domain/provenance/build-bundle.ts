import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, toHex } from './bytes'
import type { CdkEvent } from './cdk-event'
import { type Checkpoint, parseCheckpoint } from './checkpoint'
import type { CommittedData } from './commitment'
import type { Sha256 } from './digest'
import { consistencyProof, inclusionProof, tilesForConsistency, tilesForInclusion } from './make-proofs'
import { BUNDLE_FORMAT, type ProofBundle } from './proof-bundle'
import { parseNote } from './signed-note'
import type { TileShelf } from './tile-path'

/** What the database has for a bundle; the proofs are made of tiles. */
export interface BundleParts extends Pick<ProofBundle, 'subject' | 'log'> {
  /** vkeys of the witnesses that cosigned `checkpoint` or `older`, no others. */
  readonly witnesses: readonly string[]
  /** The signed note whose tree holds every event below. */
  readonly checkpoint: string
  /** An earlier signed note of the log, best one that the reader has seen. */
  readonly older: string | null
  /** For each CDK its sealed events, from the import on. */
  readonly chains: readonly (readonly SealedPart[])[]
}

export interface SealedPart {
  readonly event: CdkEvent
  readonly opening: { readonly salt: Bytes; readonly data: CommittedData } | null
  readonly leafIndex: number
}

/** Paths of the tiles that `buildBundle` reads. */
export function tilesForBundle({ checkpoint, older, chains }: BundleParts): string[] {
  const { size } = headOf(checkpoint)
  const paths = chains.flat().flatMap(({ leafIndex }) => tilesForInclusion(leafIndex, size))
  return [...new Set([...paths, ...(older === null ? [] : tilesForConsistency(headOf(older).size, size))])]
}

/** The bundle, to be written with `formatBundle`. */
export function buildBundle(sha256: Sha256, parts: BundleParts, shelf: TileShelf): ProofBundle {
  const { subject, log, checkpoint, older } = parts
  const { size } = headOf(checkpoint)
  const consistency = () => consistencyProof(sha256, headOf(older ?? checkpoint).size, size, shelf)
  return {
    format: BUNDLE_FORMAT,
    subject,
    log,
    witnesses: [...parts.witnesses],
    checkpoint,
    older: older === null ? null : { checkpoint: older, proof: consistency().map(toHex) },
    chains: parts.chains.map((chain) =>
      chain.map(({ event, opening, leafIndex }) => ({
        event,
        opening: opening && { salt: toHex(opening.salt), data: opening.data },
        leaf: { index: leafIndex, proof: inclusionProof(sha256, leafIndex, size, shelf).map(toHex) },
      })),
    ),
  }
}

function headOf(note: string): Checkpoint {
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '')
  invariant(checkpoint, 'a stored checkpoint cannot be read')
  return checkpoint
}
