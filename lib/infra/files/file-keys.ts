import { invariant } from '@/lib/kernel/invariant'
import { newId } from '@/lib/kernel/ids'

/** What files are kept for; each kind is a folder of its own. */
export const FILE_KINDS = ['imports', 'proofs', 'evidence'] as const
export type FileKind = (typeof FILE_KINDS)[number]

const KEY = /^(imports|proofs|evidence)\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u

/** A fresh name in the file store. Names are ours: what a person's computer called a file stands in a column, never in a path. */
export function newFileKey(kind: FileKind): string {
  return `${kind}/${newId()}`
}

/** Whether `newFileKey` may have made it: operating systems and backups leave files of their own beside ours. */
export function isFileKey(key: string): boolean {
  return KEY.test(key)
}

/** Crashes on anything that `newFileKey` has not made. */
export function requireFileKey(key: string): void {
  invariant(isFileKey(key), 'a file key is one of ours')
}

/** When the file was named, from its id. */
export function fileKeyTime(key: string): Date {
  requireFileKey(key)
  const hex = key.slice(key.indexOf('/') + 1).replaceAll('-', '')
  return new Date(Number.parseInt(hex.slice(0, 12), 16))
}
