import type { PrismaClient } from '@/lib/infra/prisma/client'

/** What the bank runs on. Nothing of it is the mall's but the key that both know. */
export interface Bank {
  readonly db: PrismaClient
  /** Signs callbacks, and the mall's requests. */
  readonly key: Uint8Array
  /** Origins of the one shop it serves: callbacks and payers are sent nowhere else. */
  readonly shopOrigins: readonly string[]
  readonly fetch: typeof globalThis.fetch
  readonly clock: () => Date
}

/** The bank says no: told to the caller with this HTTP status. */
export class BankRefusal extends Error {
  override readonly name = 'BankRefusal'
  readonly status: number

  constructor(status: 400 | 401 | 404 | 409 | 413 | 422, code: string) {
    super(code)
    this.status = status
  }
}
