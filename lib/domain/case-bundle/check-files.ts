import type { FileHash } from './verify-case-bundle'
import { MANIFEST, MANIFEST_SIGNATURE, type Manifest } from './manifest'
import { type CaseCheck, type CaseProblem, concludeCase } from './report'

/** Every file is there, is the one that was signed, and no other is. */
export function checkFiles(manifest: Manifest | null, found: ReadonlyMap<string, FileHash | null>): CaseCheck {
  if (!manifest) return concludeCase('files', [{ code: 'needs-manifest', where: MANIFEST }], false)
  const listed = new Set(manifest.files.map(({ path }) => path))
  const problems: CaseProblem[] = []
  for (const { path, byteCount, sha256 } of manifest.files) {
    const file = found.get(path)
    if (file === undefined) problems.push({ code: 'file-missing', where: path })
    else if (file && (file.sha256 !== sha256 || file.byteCount !== byteCount)) {
      problems.push({ code: 'file-changed', where: path })
    }
  }
  for (const path of found.keys()) {
    if (!listed.has(path) && path !== MANIFEST && path !== MANIFEST_SIGNATURE)
      problems.push({ code: 'file-extra', where: path })
  }
  return concludeCase('files', problems)
}
