import { z } from 'zod'
import {
  COSIGNATURE_V1,
  consistencyProof,
  parseVerifierKey,
  parseNote,
  tilesForConsistency,
  toBase64,
  verifyNote,
} from '@/lib/domain/provenance'
import { sha256 } from '@/lib/domain/stock'
import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { readShelf } from './stored-tiles'

/** Somebody else's server that signs what it has seen of our log, and that it only ever grew. */
export interface Witness {
  readonly vkey: string
  /** Where checkpoints are sent, without `/add-checkpoint`. */
  readonly url: string
}

/** POSTs a text and answers status and body; throws when nobody answers in time or says too much. */
export type AskWitness = (url: string, body: string) => Promise<{ readonly status: number; readonly text: string }>

/** What a witness did that its protocol does not allow, or that says that our log is not what it was. */
export class WitnessFault extends Error {
  override readonly name = 'WitnessFault'
}

/**
 * Shows the newest checkpoint to each witness that has not cosigned it yet and keeps their lines (C2SP tlog-witness); says how many came.
 * Asked outside any transaction, all at once. One that is dead, or whose line does not hold, is told to `onError` and
 * asked again the next time; it holds up nobody.
 */
export async function cosignNewest(
  run: InTransaction,
  ask: AskWitness,
  witnesses: readonly Witness[],
  now: Date,
  onError: (error: unknown, witness: string) => void,
): Promise<number> {
  const came = await Promise.allSettled(witnesses.map((witness) => cosign(run, ask, witness, now)))
  for (const [at, end] of came.entries()) {
    if (end.status === 'rejected') onError(end.reason, witnesses[at]?.url ?? '')
  }
  return came.filter((end) => end.status === 'fulfilled' && end.value).length
}

async function cosign(run: InTransaction, ask: AskWitness, witness: Witness, now: Date): Promise<boolean> {
  const { newest, seen } = await run((tx) => findNewest(tx, witness))
  if (!newest || newest.size === seen) return false
  const add = async (old: number) =>
    ask(`${witness.url}/add-checkpoint`, await run((tx) => requestBody(tx, old, newest)))
  let answer = await add(seen)
  // What it has seen may be another size than we know of: its answer was lost, or it saw the log elsewhere.
  if (answer.status === 409) answer = await add(sizeTold(answer.text, newest.size))
  if (answer.status !== 200) throw new WitnessFault(`${witness.url} answered ${answer.status}`)
  const line = await requireLine(witness, newest.note, answer.text)
  const { count } = await run((tx) =>
    tx.logCosignature.createMany({
      data: [{ size: BigInt(newest.size), witness: witness.vkey, line, at: now }],
      skipDuplicates: true,
    }),
  )
  return count > 0
}

const Newest = z.object({ size: z.number(), note: z.string(), seen: z.number() })

async function findNewest(tx: Tx, { vkey }: Witness) {
  const [row] = await selectRows(
    tx,
    Newest,
    sql`
      SELECT size::float8 AS size, note, COALESCE((SELECT max(size) FROM log_cosignature WHERE witness = ${vkey}), 0)::float8 AS seen
      FROM log_checkpoint ORDER BY size DESC LIMIT 1`,
  )
  return { newest: row ?? null, seen: row?.seen ?? 0 }
}

async function requestBody(tx: Tx, old: number, { size, note }: z.infer<typeof Newest>): Promise<string> {
  const shelf = await readShelf(tx, tilesForConsistency(old, size))
  const proof = consistencyProof(sha256, old, size, shelf).map(toBase64)
  return `old ${old}\n${proof.map((hash) => `${hash}\n`).join('')}\n${note}`
}

function sizeTold(text: string, newest: number): number {
  const size = /^\d{1,15}\n$/u.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(size)) throw new WitnessFault('a conflict that does not say the size seen')
  if (size > newest) {
    throw new WitnessFault(`it has seen ${size} leaves and the log has ${newest}: was an old backup restored?`)
  }
  return size
}

/** The witness's own line that holds under this checkpoint; lines of others in its answer are nobody's word to us. */
async function requireLine({ vkey, url }: Witness, note: string, answer: string): Promise<string> {
  const key = await parseVerifierKey(vkey)
  const text = parseNote(note)?.text
  if (key?.type !== COSIGNATURE_V1 || text === undefined) throw new WitnessFault(`${vkey} is no key of a witness`)
  for (const line of answer.split('\n').filter((each) => each.startsWith(`— ${key.name} `))) {
    if ((await verifyNote(`${text}\n${line}\n`, [key]))?.verified.length === 1) return line
  }
  throw new WitnessFault(`${url} sent no line of its own that holds`)
}
