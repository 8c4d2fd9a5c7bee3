import { createHash } from 'node:crypto'
import type { LogKeys } from '@/lib/domain/sealing'

/** Keys of a log for tests: each version a seed of its own. */
export const LOG_KEYS: LogKeys = {
  name: 'mall.example.com/log',
  seed: (version) => new Uint8Array(createHash('sha256').update(`log key ${version}`).digest()),
}
