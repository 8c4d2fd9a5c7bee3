import { type Bytes, toHex } from '@/lib/domain/provenance/bytes'
import { digest } from '@/lib/domain/provenance/digest'
import { type CaseFile, readCaseFile } from './case-file'
import { checkCaseChain, checkCaseTexts } from './check-case'
import { checkEvidence } from './check-evidence'
import { checkFiles } from './check-files'
import { checkAgreement, checkSnapshot } from './check-order'
import { checkProof } from './check-proof'
import { checkSignature } from './check-signature'
import { parseJson } from './json-file'
import { CASE_FILE, MANIFEST, MANIFEST_SIGNATURE, ORDER_FILE, PROOF_FILE, readManifest } from './manifest'
import { readOrderFile } from './order-file'
import {
  CASE_LIMITS,
  type CaseCheck,
  type CaseLimitName,
  type CaseProblem,
  type CaseReport,
  caseVerdict,
  concludeCase,
} from './report'
import type { BundleFiles } from './zip-reader'

export interface FileHash {
  readonly byteCount: number
  /** Hex. */
  readonly sha256: string
}

const KEPT: ReadonlySet<string> = new Set([MANIFEST, MANIFEST_SIGNATURE, CASE_FILE, ORDER_FILE, PROOF_FILE])

/**
 * Checks a case bundle: needs no server, no database and no secret, and runs in a browser. Files are read one after the other, so that
 * one of them is in memory at a time. `trustedKeys` are vkeys that the reader has from elsewhere (the log's); without one the best
 * verdict is `unproved`. Never throws on a bad file: it names what is bad, and where.
 */
export async function verifyCaseBundle(files: BundleFiles, trustedKeys: readonly string[]): Promise<CaseReport> {
  const kept = new Map<string, Bytes>()
  const found = new Map<string, FileHash | null>()
  const damaged: CaseProblem[] = []
  for (const path of files.paths) {
    const bytes = await files.read(path)
    if (bytes === null) damaged.push({ code: 'file-damaged', where: path })
    else if (KEPT.has(path)) kept.set(path, bytes)
    found.set(path, bytes && { byteCount: bytes.length, sha256: toHex(await digest(bytes)) })
  }
  const manifestBytes = kept.get(MANIFEST)
  const read = readManifest(parseJson(manifestBytes), new TextDecoder().decode(manifestBytes))
  const manifest = typeof read === 'string' ? null : read
  const file = readCaseFile(parseJson(kept.get(CASE_FILE)))
  const order = readOrderFile(parseJson(kept.get(ORDER_FILE)))
  const { check: provenance, proof } = await checkProof(kept.get(PROOF_FILE), { manifest, file, trustedKeys })
  const checks: CaseCheck[] = [
    concludeCase('archive', [...files.faults, ...damaged]),
    concludeCase('manifest', manifestProblems(read, manifestBytes)),
    ...(await checkSignature({ manifest, manifestBytes, noteBytes: kept.get(MANIFEST_SIGNATURE), trustedKeys })),
    checkFiles(manifest, found),
    await checkCaseChain(file, manifest),
    await checkCaseTexts(file),
    checkEvidence(file, manifest, found),
    await checkSnapshot(order),
    provenance,
    checkAgreement(manifest, file, order),
  ]
  return { verdict: caseVerdict(checks), checks, notProved: limitsOf(file), manifest, caseFile: file, proof }
}

function manifestProblems(read: ReturnType<typeof readManifest>, bytes: Bytes | undefined): CaseProblem[] {
  if (bytes === undefined) return [{ code: 'file-missing', where: MANIFEST }]
  if (read === 'malformed') return [{ code: 'manifest-malformed', where: MANIFEST }]
  return read === 'not-canonical' ? [{ code: 'manifest-not-canonical', where: MANIFEST }] : []
}

function limitsOf(file: CaseFile | null): CaseLimitName[] {
  const withheld = file?.entries.some((entry) => entry.withheld !== null) ?? false
  return (Object.keys(CASE_LIMITS) as CaseLimitName[]).filter((limit) => limit !== 'withheld' || withheld)
}
