/** The longest CDK that is stored, in characters. */
export const MAX_CDK_LENGTH = 500

export type LineVerdict = 'accepted' | 'empty' | 'too-long' | 'duplicate-in-file' | 'duplicate-in-stock'

export interface ReadLine {
  /** 1-based line number in what was uploaded. */
  readonly line: number
  readonly code: string
}

/** Lines of an upload: one CDK a line, LF, CRLF or CR, a byte order mark dropped. Nothing inside a line is split. */
export function readLines(text: string): ReadLine[] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u)
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line, index) => ({ line: index + 1, code: line.trim() }))
}
