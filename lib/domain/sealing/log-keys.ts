import { z } from 'zod'
import { type Bytes, type SigningKey, parseNote, signingKeyOf, verifyNote } from '@/lib/domain/provenance'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'

/** The secrets of an installation's log, handed in by infra. */
export interface LogKeys {
  /** What a log without a checkpoint will be called; one that has any keeps its name whatever the settings say later. */
  readonly name: string
  /** The 32 bytes of a key: version 1 is the first, and each handover leads to the next. */
  readonly seed: (version: number) => Bytes
}

const Row = z.object({ origin: z.string().nullable(), handovers: z.array(z.string()) })

/** Whose log it is: its name, its first key and every change of key since. */
export interface LogIdentity {
  readonly origin: string
  readonly firstKey: string
  readonly handovers: readonly string[]
  /** The key that signs now. */
  readonly signer: SigningKey
}

/** Who the log is and who signs for it, without asking whether that is the key that signed before. */
export async function readLogIdentity(tx: Tx, keys: LogKeys): Promise<LogIdentity> {
  const [row] = await selectRows(
    tx,
    Row,
    sql`
      SELECT COALESCE((SELECT split_part(note, E'\n', 1) FROM log_checkpoint ORDER BY size LIMIT 1),
                      (SELECT split_part(note, E'\n', 2) FROM log_handover ORDER BY id LIMIT 1)) AS origin,
             ARRAY(SELECT note FROM log_handover ORDER BY id) AS handovers`,
  )
  const { origin: named, handovers } = row ?? { origin: null, handovers: [] }
  const origin = named ?? keys.name
  const signer = await signingKeyOf(origin, keys.seed(handovers.length + 1))
  const [first] = handovers
  const firstKey = first === undefined ? signer.verifier.vkey : handoverKeys(first).from
  return { origin, firstKey, handovers, signer }
}

/**
 * Who the log is, when the key at hand is the one that signed `newest`, its last checkpoint, or took over from that. An
 * invariant otherwise: a log signed by two keys without a handover proves nothing.
 */
export async function requireOwnKey(tx: Tx, keys: LogKeys, newest: string | null): Promise<LogIdentity> {
  const identity = await readLogIdentity(tx, keys)
  const { verifier } = identity.signer
  const handedTo = identity.handovers.at(-1)
  const own =
    handedTo === undefined
      ? newest === null || (await verifyNote(newest, [verifier]))?.verified.length === 1
      : handoverKeys(handedTo).to === verifier.vkey
  invariant(own, 'the key of the provenance log is not the one that signed it before: put it back from a backup')
  return identity
}

/** The two keys of a stored handover (`signHandover`), the one that went and the one that came. */
export function handoverKeys(note: string): { readonly from: string; readonly to: string } {
  const [, , , , from, to] = parseNote(note)?.text.split('\n') ?? []
  invariant(from !== undefined && to !== undefined, 'a stored handover cannot be read')
  return { from, to }
}
