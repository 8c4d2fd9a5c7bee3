import { commitmentPreimage } from '@/lib/domain/provenance/commitment'
import { fromHex, toHex } from '@/lib/domain/provenance/bytes'
import { digest } from '@/lib/domain/provenance/digest'
import { NO_ENTRY, entryPreimage } from '@/lib/domain/complaints/case-chain'
import { canonicalJson } from '@/lib/kernel/canonical-json'
import type { CaseFile, CaseFileEntry } from './case-file'
import { CASE_FILE, type Manifest } from './manifest'
import { type CaseCheck, type CaseProblem, type CaseProblemCode, concludeCase } from './report'

/** The chain of the case: each entry's hash and its link, to the head that was signed. */
export async function checkCaseChain(file: CaseFile | null, manifest: Manifest | null): Promise<CaseCheck> {
  if (!file) return concludeCase('chain', [{ code: 'case-malformed', where: CASE_FILE }])
  const problems: CaseProblem[] = []
  let last: CaseFileEntry | null = null
  for (const [at, entry] of file.entries.entries()) {
    const fault = await faultOf(file.complaintId, entry, last, at)
    if (fault) problems.push({ code: fault, where: whereOf(at) })
    last = entry
  }
  const ends = manifest === null || (last?.seq === manifest.head.seq && last.hash === manifest.head.hash)
  if (!ends || last === null) problems.push({ code: 'head-other', where: CASE_FILE })
  return concludeCase('chain', problems)
}

async function faultOf(
  complaintId: string,
  entry: CaseFileEntry,
  last: CaseFileEntry | null,
  at: number,
): Promise<CaseProblemCode | null> {
  if (entry.seq !== at) return 'entry-seq'
  if (entry.prevHash !== (last?.hash ?? NO_ENTRY)) return 'entry-link'
  if (last && entry.at < last.at) return 'entry-time'
  const hash = toHex(await digest(entryPreimage({ ...entry, complaintId })))
  return hash === entry.hash ? null : 'entry-hash'
}

/** The texts that are shown. What is withheld has its commitment in the chain, and nothing to open it. */
export async function checkCaseTexts(file: CaseFile | null): Promise<CaseCheck> {
  if (!file) return concludeCase('commitments', [{ code: 'needs-case', where: CASE_FILE }], false)
  const problems: CaseProblem[] = []
  for (const [at, { opening, commitment }] of file.entries.entries()) {
    const salt = opening && fromHex(opening.salt)
    if (!opening || !salt) continue
    const preimage = commitmentPreimage(salt, { body: canonicalJson(opening.body) })
    if (toHex(await digest(preimage)) !== commitment) problems.push({ code: 'commitment-false', where: whereOf(at) })
  }
  return concludeCase('commitments', problems)
}

function whereOf(at: number): string {
  return `${CASE_FILE} entries.${at}`
}
