import { z } from 'zod'
import {
  COSIGNATURE_V1,
  type KeyTerm,
  parseNote,
  parseVerifierKey,
  readKeyHistory,
  readSignedState,
  verifyNote,
} from '@/lib/domain/provenance'
import { readLogIdentity } from '@/lib/domain/sealing'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type AuditTools, type Finding, MOST_EXAMPLES } from './invariant'

/** A log of years has millions of tree heads: the newest of them, and a sample of the others. */
const NEWEST = 100
const SAMPLE = 400

const Checkpoint = z.object({ size: z.number(), note: z.string() })
export type StoredCheckpoint = z.infer<typeof Checkpoint>

/** The newest tree heads, the newest first, and a random sample of the others. */
export async function sampleCheckpoints(tx: Tx): Promise<StoredCheckpoint[]> {
  return selectRows(
    tx,
    Checkpoint,
    sql`
      WITH newest AS (SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT ${NEWEST}),
           others AS (SELECT size, note FROM log_checkpoint WHERE size < (SELECT min(size) FROM newest) ORDER BY random() LIMIT ${SAMPLE})
      SELECT size::float8 AS size, note FROM (TABLE newest UNION ALL TABLE others) AS chosen ORDER BY size DESC`,
  )
}

/** The terms of the log's keys; null when a handover in the database does not hold. */
export async function termsOf(tx: Tx, { logKeys }: AuditTools): Promise<readonly KeyTerm[] | string> {
  const { firstKey, handovers } = await readLogIdentity(tx, logKeys)
  const history = await readKeyHistory(firstKey, handovers)
  return history.sound ? history.terms : `log_handover ${history.where}: ${history.fault}`
}

export async function checkSignatures(tx: Tx, tools: AuditTools): Promise<Finding> {
  const [terms, checkpoints] = [await termsOf(tx, tools), await sampleCheckpoints(tx)]
  const facts = { counted: checkpoints.length, unit: 'tree heads' }
  if (typeof terms === 'string') return { ...facts, offenders: 1, examples: [terms] }
  const bad: string[] = []
  for (const { size, note } of checkpoints) {
    const { head } = await readSignedState(note, '', terms, [])
    if (head?.size !== size) bad.push(`log_checkpoint ${size}`)
  }
  const lines = await selectRows(
    tx,
    Checkpoint.extend({ witness: z.string(), line: z.string() }),
    sql`
      SELECT w.size::float8 AS size, w.witness, w.line, c.note FROM log_cosignature w JOIN log_checkpoint c USING (size)
      ORDER BY w.size DESC LIMIT ${SAMPLE}`,
  )
  for (const { size, witness, line, note } of lines) {
    const key = await parseVerifierKey(witness)
    const signed = key && (await verifyNote(`${parseNote(note)?.text ?? ''}\n${line}\n`, [key]))
    if (key?.type !== COSIGNATURE_V1 || signed?.verified.length !== 1) bad.push(`log_cosignature ${size} ${witness}`)
  }
  return { ...facts, offenders: bad.length, examples: bad.slice(0, MOST_EXAMPLES) }
}
