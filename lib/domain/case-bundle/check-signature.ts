import { toHex } from '@/lib/domain/provenance/bytes'
import { digest } from '@/lib/domain/provenance/digest'
import { readKeyHistory } from '@/lib/domain/provenance/key-history'
import { verifyNote } from '@/lib/domain/provenance/signed-note'
import { COSIGNATURE_V1, ED25519, type VerifierKey, parseVerifierKey } from '@/lib/domain/provenance/verifier-key'
import { MANIFEST, MANIFEST_SIGNATURE, type Manifest } from './manifest'
import { parseManifestNote } from './manifest-note'
import { type CaseCheck, type CaseProblem, type CaseProblemCode, concludeCase } from './report'
import type { Bytes } from '@/lib/domain/provenance/bytes'

export interface Signed {
  readonly manifest: Manifest | null
  readonly manifestBytes: Bytes | undefined
  readonly noteBytes: Bytes | undefined
  readonly trustedKeys: readonly string[]
}

/** Who signed the manifest, and whether the reader trusts that. */
export async function checkSignature({
  manifest,
  manifestBytes,
  noteBytes,
  trustedKeys,
}: Signed): Promise<CaseCheck[]> {
  const trusted = await Promise.all(trustedKeys.map(parseVerifierKey))
  const trustedLogs = trusted.filter((key) => key?.type === ED25519)
  const history = manifest && (await readKeyHistory(manifest.log.firstKey, manifest.log.handovers))
  const own = history?.sound ? history.terms.map(({ key }) => key) : []
  const keys = unique([...own, ...trustedLogs.filter((key) => key !== null)])
  const problems: CaseProblem[] = []
  if (history?.sound === false) problems.push({ code: 'key-history', where: MANIFEST })
  if (manifest && own[0] && own[0].name !== manifest.log.origin) problems.push({ code: 'key-history', where: MANIFEST })
  problems.push(...(await noteProblems(noteBytes, manifestBytes, manifest, keys)))
  const known = trustedLogs.some((key) => own.some(({ vkey }) => vkey === key?.vkey))
  return [
    concludeCase('signature', problems),
    trusted.includes(null)
      ? concludeCase('trusted-key', at('trusted-key-malformed'))
      : trustedLogs.length === 0
        ? concludeCase('trusted-key', at('no-trusted-key'), false)
        : concludeCase('trusted-key', known ? [] : at('trusted-key-absent')),
  ]
}

async function noteProblems(
  noteBytes: Bytes | undefined,
  manifestBytes: Bytes | undefined,
  manifest: Manifest | null,
  keys: readonly VerifierKey[],
): Promise<CaseProblem[]> {
  const fail = (code: CaseProblemCode): CaseProblem[] => [{ code, where: MANIFEST_SIGNATURE }]
  if (!noteBytes) return fail('file-missing')
  const note = await verifyNote(new TextDecoder('utf-8', { ignoreBOM: true }).decode(noteBytes), keys)
  const said = note && parseManifestNote(note.text)
  if (!note || !said) return fail('signature-malformed')
  if (note.refuted.length > 0) return fail('signature-false')
  const [line] = note.verified
  // Exactly one signature, so that no line can be added or lost; a witness signs no bundles.
  if (!line || line.key.type === COSIGNATURE_V1 || note.unknown.length > 0) return fail('signature-missing')
  if (!manifestBytes) return []
  const signed =
    said.sha256 === toHex(await digest(manifestBytes)) &&
    (!manifest || (said.caseNumber === manifest.caseNumber && said.asOf === manifest.asOf))
  return signed ? [] : [{ code: 'manifest-changed', where: MANIFEST }]
}

function unique(keys: readonly VerifierKey[]): VerifierKey[] {
  return keys.filter((key, at) => keys.findIndex(({ vkey }) => vkey === key.vkey) === at)
}

function at(code: CaseProblemCode): CaseProblem[] {
  return [{ code, where: '' }]
}
