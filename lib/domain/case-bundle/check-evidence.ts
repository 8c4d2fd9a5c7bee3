import type { CaseFile } from './case-file'
import { CASE_FILE, type Manifest } from './manifest'
import { type CaseCheck, type CaseProblem, concludeCase } from './report'
import type { FileHash } from './verify-case-bundle'

/** Every original file against the entry that the case made at its arrival; files that the mall has lost are named. */
export function checkEvidence(
  file: CaseFile | null,
  manifest: Manifest | null,
  found: ReadonlyMap<string, FileHash | null>,
): CaseCheck {
  if (!file) return concludeCase('evidence', [{ code: 'needs-case', where: CASE_FILE }], false)
  const recorded = new Set(
    file.entries.flatMap(({ type, opening }) => (type === 'evidence' && opening ? hashIn(opening.body) : [])),
  )
  const listed = new Map(file.evidence.map(({ path, sha256 }) => [path, sha256]))
  const problems: CaseProblem[] = []
  for (const [path, sha256] of listed) {
    if (!recorded.has(sha256)) problems.push({ code: 'evidence-unrecorded', where: path })
  }
  for (const [path, hash] of found) {
    if (!path.startsWith('evidence/') || hash === null) continue
    const sha256 = listed.get(path)
    if (sha256 === undefined) problems.push({ code: 'evidence-unrecorded', where: path })
    else if (sha256 !== hash.sha256) problems.push({ code: 'evidence-other', where: path })
  }
  if (problems.length > 0 || listed.size === 0)
    return concludeCase('evidence', problems, listed.size > 0 || problems.length > 0)
  const absent = (manifest?.absent ?? []).map(({ path }): CaseProblem => ({ code: 'file-absent', where: path }))
  return concludeCase('evidence', absent, absent.length === 0)
}

function hashIn(body: unknown): string[] {
  return body !== null && typeof body === 'object' && 'sha256' in body && typeof body.sha256 === 'string'
    ? [body.sha256]
    : []
}
