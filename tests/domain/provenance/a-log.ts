import {
  type BundleParts,
  type Bytes,
  COSIGNATURE_V1,
  type CdkEvent,
  type CdkEventType,
  type CommittedData,
  type SealedPart,
  type SigningKey,
  actorPseudonym,
  buildBundle,
  chainEvent,
  commit,
  cosignText,
  formatBundle,
  formatNote,
  importSigningKey,
  logEntry,
  newSalt,
  newSigningKey,
  parseNote,
  signCheckpoint,
  signHandover,
} from '@/lib/domain/provenance'
import { newId } from '@/lib/kernel/ids'
import { entriesOf, leavesOf, rootOf, sha256, shelfOf } from './trees'

export const ORIGIN = 'keybond.example/log'
const START = Date.UTC(2026, 10, 1)

/** A CDK's life: an event a type, an hour apart, each with details that name the order. */
export function aChain(types: readonly CdkEventType[], orderId: string): Omit<SealedPart, 'leafIndex'>[] {
  const [merchantId, cdkId, actorSalt] = [newId(), newId(), newSalt()]
  const chain: { event: CdkEvent; opening: { salt: Bytes; data: CommittedData } }[] = []
  for (const [hour, type] of types.entries()) {
    const opening = { salt: newSalt(), data: type === 'imported' ? { batch: 'summer sale', line: 7 } : { orderId } }
    const facts = {
      merchantId,
      cdkId,
      type,
      at: START + hour * 3_600_000,
      actorPseudonym: actorPseudonym(sha256, actorSalt, 'merchant', merchantId),
      commitment: commit(sha256, opening.salt, opening.data),
    }
    chain.push({ event: chainEvent(sha256, chain.at(-1)?.event ?? null, facts), opening })
  }
  return chain
}

const TWO_LIVES: readonly (readonly CdkEventType[])[] = [
  ['imported', 'reserved', 'delivered'],
  ['imported', 'delivered'],
]

/**
 * A log of 45 entries with the two CDKs of an order: a key that was changed at 20, an older checkpoint of 12, a checkpoint
 * of everything with a witness's line. A smaller one has it all in proportion.
 */
export async function aLog(lives = TWO_LIVES, size = 45) {
  const orderId = newId()
  const chains = lives.map((types) => aChain(types, orderId))
  // The chains are mixed with each other and with the entries of others.
  const entries: Bytes[] = entriesOf(size)
  const sealed = chains.map((chain, at) =>
    chain.map((part, number) => {
      const leafIndex = 1 + at * 3 + number * Math.floor(size / 4)
      entries[leafIndex] = logEntry(sha256, part.event)
      return { ...part, leafIndex }
    }),
  )
  const [first, second, witness] = await Promise.all([aKey(), aKey(), aKey('witness.example/w1', COSIGNATURE_V1)])
  const head = (size: number, of = entries) => ({ size, root: rootOf(leavesOf(of.slice(0, size))) })
  const parts: BundleParts = {
    subject: { kind: 'order', id: orderId },
    log: {
      firstKey: first.verifier.vkey,
      handovers: [await signHandover(first, second, head(Math.floor(size * 0.45)))],
    },
    witnesses: [witness.verifier.vkey],
    checkpoint: await cosigned(await signCheckpoint(second, head(size)), witness),
    older: await signCheckpoint(first, head(Math.floor(size * 0.27))),
    chains: sealed,
  }
  return { orderId, entries, parts, first, second, witness, head, text: bundleText(parts, entries) }
}

export type ALog = Awaited<ReturnType<typeof aLog>>

/** The file of a bundle over a log of these entries. */
export function bundleText(parts: BundleParts, entries: readonly Bytes[]): string {
  return formatBundle(buildBundle(sha256, parts, shelfOf(entries)))
}

/** A checkpoint with one more line, by a witness, dated 2026-11-22. */
export async function cosigned(checkpoint: string, witness: SigningKey): Promise<string> {
  const note = parseNote(checkpoint)
  if (!note) throw new Error('this is no note')
  const line = await cosignText(witness, note.text, 1_795_305_600)
  return formatNote({ text: note.text, signatures: [...note.signatures, line] })
}

export async function aKey(name = ORIGIN, type?: typeof COSIGNATURE_V1): Promise<SigningKey> {
  return importSigningKey(await newSigningKey(name, type))
}
