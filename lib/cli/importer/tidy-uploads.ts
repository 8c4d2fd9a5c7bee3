import { dropOldUploads, filesWithoutImport } from '@/lib/domain/stock-imports'
import { fileKeyTime } from '@/lib/infra/files'
import { DAY_MS } from '@/lib/kernel/time'
import type { ImporterTools } from './run-import'

/** Deletes the files of uploads whose time is over, and those of a day ago that a crash left without a row. Returns how many. */
export async function tidyUploads({ run, files }: Pick<ImporterTools, 'run' | 'files'>, now: Date): Promise<number> {
  const old: string[] = []
  for (let some = await run((tx) => dropOldUploads(tx, now)); some.length > 0;) {
    old.push(...some)
    some = await run((tx) => dropOldUploads(tx, now))
  }
  const aged = (await files.listFiles('imports')).filter((key) => now.getTime() - fileKeyTime(key).getTime() > DAY_MS)
  const lost = aged.length === 0 ? [] : await run((tx) => filesWithoutImport(tx, aged))
  const keys = new Set([...old, ...lost])
  for (const key of keys) await files.deleteFile(key)
  return keys.size
}
