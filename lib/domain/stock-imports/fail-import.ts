import type { Tx } from '@/lib/domain/tx'
import { endImport } from './end-import'
import type { Lease } from './renew-lease'

/** Ends an import that cannot go on; `failure` is a word (messages: imports.failure) that tells why. What was taken stays in its batch. */
export async function failImport(tx: Tx, lease: Lease, failure: string, now: Date): Promise<void> {
  await endImport(tx, lease, 'fail', { failure }, now)
}

/** Ends an import that the merchant asked to end. What was taken stays in its batch. */
export async function stopImport(tx: Tx, lease: Lease, now: Date): Promise<void> {
  await endImport(tx, lease, 'stop', {}, now)
}
