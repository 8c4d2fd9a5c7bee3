const TITLE = 'keybond/case-bundle/v1'

export interface ManifestNote {
  readonly caseNumber: string
  readonly asOf: string
  /** Of manifest.json, hex. */
  readonly sha256: string
}

/** What the log's key signs. */
export function manifestNoteText({ caseNumber, asOf, sha256 }: ManifestNote): string {
  return `${TITLE}\n${caseNumber}\n${asOf}\nsha256 ${sha256}\n`
}

/** Null when a note's text is of anything else. */
export function parseManifestNote(text: string): ManifestNote | null {
  const [title, caseNumber = '', asOf = '', hash = '', end, ...more] = text.split('\n')
  const sha256 = /^sha256 ([0-9a-f]{64})$/u.exec(hash)?.[1]
  return title === TITLE && sha256 !== undefined && end === '' && more.length === 0
    ? { caseNumber, asOf, sha256 }
    : null
}
