import { readFileSync } from 'node:fs'

const READS = /\bdb\(\)\s*\.\s*[a-z$]|\btx\s*\.\s*[a-z$]|\$queryRaw|\$transaction/

/** The pages and components among `files` that ask the database themselves instead of calling lib/queries or a verb. */
export function pagesThatRead(files: readonly string[]): string[] {
  return files.filter((file) => file.endsWith('.tsx') && READS.test(readFileSync(file, 'utf8')))
}
