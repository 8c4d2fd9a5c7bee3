import type { DuplicateVerdict } from './known-codes'

/** The longest CDK that is stored, in characters. */
export const MAX_CDK_LENGTH = 500

/** The most lines of one upload. */
export const MAX_IMPORT_LINES = 200_000

export type LineVerdict = 'accepted' | 'empty' | 'too-long' | DuplicateVerdict

export interface ReadLine {
  /** 1-based line number in what was uploaded. */
  readonly line: number
  readonly code: string
}

/**
 * Lines of an upload: one CDK a line, LF, CRLF or CR, a byte order mark dropped. Nothing inside a line is split. Reading
 * stops just past MAX_IMPORT_LINES: eight million empty lines must not become eight million objects to be refused.
 */
export function readLines(text: string): ReadLine[] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u, MAX_IMPORT_LINES + 2)
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line, index) => ({ line: index + 1, code: line.trim() }))
}
