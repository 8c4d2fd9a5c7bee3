import type { Bytes } from '@/lib/domain/provenance/bytes'
import type { Report } from '@/lib/domain/provenance/report'
import { verifyBundle } from '@/lib/domain/provenance/verify-bundle'
import type { CaseFile } from './case-file'
import { CASE_FILE, type Manifest, PROOF_FILE } from './manifest'
import { type CaseCheck, type CaseProblem, concludeCase } from './report'

/** The proof of the CDKs by the log, and that the log names this case for each of them. */
export async function checkProof(
  bytes: Bytes | undefined,
  {
    manifest,
    file,
    trustedKeys,
  }: {
    readonly manifest: Manifest | null
    readonly file: CaseFile | null
    readonly trustedKeys: readonly string[]
  },
): Promise<{ readonly check: CaseCheck; readonly proof: Report | null }> {
  if (!bytes) {
    const waits = manifest?.provenance === 'waiting'
    return {
      check: concludeCase('provenance', waits ? [{ code: 'proof-waiting', where: '' }] : [], false),
      proof: null,
    }
  }
  const proof = await verifyBundle(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), trustedKeys)
  // Whose key it is was asked of the manifest already; what the proof cannot say for want of a key is no fault of it.
  if (proof.verdict === 'refuted') {
    return { check: concludeCase('provenance', [{ code: 'proof-false', where: PROOF_FILE }]), proof }
  }
  if (!file) return { check: concludeCase('provenance', [{ code: 'needs-case', where: CASE_FILE }], false), proof }
  const problems: CaseProblem[] = []
  const { bundle } = proof
  const other = bundle?.subject.id !== file.orderId || (manifest && bundle.log.firstKey !== manifest.log.firstKey)
  if (other) problems.push({ code: 'proof-other', where: PROOF_FILE })
  for (const { cdkId } of file.units) {
    const chain = bundle?.chains.find(([first]) => first?.event.cdkId === cdkId) ?? []
    const named = chain.some(
      ({ event, opening }) => event.type === 'complained' && opening?.data.complaintId === file.complaintId,
    )
    if (!named) problems.push({ code: 'proof-silent', where: `${PROOF_FILE} ${cdkId}` })
  }
  return { check: concludeCase('provenance', problems), proof }
}
