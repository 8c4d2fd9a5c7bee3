import { fromHex, toHex } from './bytes'
import { parseCheckpoint } from './checkpoint'
import type { Digest } from './digest'
import type { KeyTerm } from './key-history'
import type { ProofBundle } from './proof-bundle'
import { type Check, type CheckpointFacts, type Problem, type ProblemCode, conclude } from './report'
import { verifyNote } from './signed-note'
import { COSIGNATURE_V1, type VerifierKey, parseVerifierKey } from './verifier-key'
import { type TreeHead, verifyConsistency } from './verify-proofs'

/** A checkpoint that holds, or what is wrong with it. */
export type SignedState =
  | { readonly facts: CheckpointFacts; readonly head: TreeHead; readonly problem: null }
  | { readonly facts: null; readonly head: null; readonly problem: Problem }

/** Stricter than signed-note: in a bundle every line must be by a key that the bundle names, so that none can be lost. */
export async function readSignedState(
  note: string,
  where: string,
  terms: readonly KeyTerm[],
  witnesses: readonly VerifierKey[],
): Promise<SignedState> {
  const fail = (code: ProblemCode): SignedState => ({ facts: null, head: null, problem: { code, where } })
  const signed = await verifyNote(note, [...terms.map(({ key }) => key), ...witnesses])
  const checkpoint = signed && parseCheckpoint(signed.text)
  if (!checkpoint) return fail('checkpoint-malformed')
  if (signed.refuted.length > 0) return fail('signature-false')
  if (signed.unknown.length > 0) return fail('signature-unknown')
  if (checkpoint.origin !== terms[0]?.key.name) return fail('checkpoint-origin')
  const by = terms.filter(({ key }) => signed.verified.some((line) => line.key === key))
  if (by.length === 0) return fail('signature-missing')
  const { origin, size, root } = checkpoint
  if (by.some(({ fromSize, toSize }) => size < fromSize || size > toSize)) return fail('signature-term')
  const cosignatures = signed.verified.flatMap(({ key, at }) =>
    at === null ? [] : [{ name: key.name, vkey: key.vkey, at }],
  )
  const facts = { origin, size, root: toHex(root), signedBy: by.map(({ key }) => key.vkey), cosignatures }
  return { facts, head: { size, root }, problem: null }
}

/** The witnesses' keys; each must be one, and have cosigned one of the checkpoints. */
export async function readWitnesses(
  bundle: ProofBundle,
): Promise<{ readonly keys: readonly VerifierKey[]; readonly problems: readonly Problem[] }> {
  const keys: VerifierKey[] = []
  const problems: Problem[] = []
  for (const [at, vkey] of bundle.witnesses.entries()) {
    const key = await parseVerifierKey(vkey)
    const used = [bundle.checkpoint, bundle.older?.checkpoint].some((note) => key && note?.includes(`\n— ${key.name} `))
    if (key?.type === COSIGNATURE_V1 && used) keys.push(key)
    else problems.push({ code: 'witness-malformed', where: `witnesses.${at}` })
  }
  return { keys, problems }
}

/** Whether the log still begins with the tree of the older checkpoint. */
export async function checkConsistency(
  bundle: ProofBundle,
  older: SignedState | null,
  newer: SignedState,
): Promise<Check> {
  if (!bundle.older || !older) return conclude('consistency', [], false)
  if (older.problem) return conclude('consistency', [older.problem])
  if (newer.problem) return conclude('consistency', [{ code: 'needs-checkpoint', where: 'older' }], false)
  const holds = await verifyConsistency(older.head, newer.head, digestsOf(bundle.older.proof))
  return conclude('consistency', holds ? [] : [{ code: 'consistency-false', where: 'older.proof' }])
}

/** Whether the log is the one that the reader trusts, and was seen by the witnesses that he trusts. */
export async function checkTrust(
  trustedKeys: readonly string[],
  terms: readonly KeyTerm[],
  facts: CheckpointFacts | null,
): Promise<{ readonly trustedKey: Check; readonly witnesses: Check }> {
  const keys = await Promise.all(trustedKeys.map(parseVerifierKey))
  const malformed = keys.includes(null)
  const trustedWitnesses = keys.filter((key) => key?.type === COSIGNATURE_V1)
  const trustedLogs = keys.filter((key) => key && key.type !== COSIGNATURE_V1)
  const known = trustedLogs.some((trusted) => terms.some(({ key }) => key.vkey === trusted?.vkey))
  const missing = trustedWitnesses.filter((witness) => !facts?.cosignatures.some(({ vkey }) => vkey === witness?.vkey))
  const problem = (code: ProblemCode): Problem[] => [{ code, where: '' }]
  const trustedKey = malformed
    ? conclude('trusted-key', problem('trusted-key-malformed'))
    : trustedLogs.length === 0
      ? conclude('trusted-key', problem('no-trusted-key'), false)
      : conclude('trusted-key', known ? [] : problem('trusted-key-absent'))
  const witnesses =
    missing.length > 0
      ? conclude('witnesses', problem('trusted-witness-absent'), false)
      : conclude('witnesses', [], trustedWitnesses.length > 0)
  return { trustedKey, witnesses }
}

/** Hex digests of a bundle; the schema has made sure of their form. */
export function digestsOf(proof: readonly string[]): Digest[] {
  return proof.map((step) => fromHex(step) ?? new Uint8Array())
}
