import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Db } from '@/lib/infra/db'
import { db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'

const MINUTES = 60

/** What is counted, how often it may happen, and in how many seconds. */
const LIMITS = {
  'sign-in:email': { points: 10, duration: 15 * MINUTES },
  'sign-in:ip': { points: 60, duration: 15 * MINUTES },
  'sign-up:ip': { points: 10, duration: 60 * MINUTES },
  'lookup:number': { points: 8, duration: 15 * MINUTES },
  'lookup:ip': { points: 30, duration: 15 * MINUTES },
  /** Placing reserves stock for the pay window, so one address may not place without end. */
  'place:ip': { points: 60, duration: 15 * MINUTES },
  'pay:checkout': { points: 20, duration: 15 * MINUTES },
  /** One look at the provider's books per visit, not per refresh. */
  'sync:checkout': { points: 1, duration: 4 },
  'sync:account': { points: 1, duration: 4 },
  /** Each opens a fresh page at the provider. */
  'payout-account:merchant': { points: 20, duration: 15 * MINUTES },
  /** A statement is drawn anew each time, out of every movement of its month. */
  'statement:merchant': { points: 30, duration: 15 * MINUTES },
  /** Every order that a filter finds, however many. */
  'export:merchant': { points: 30, duration: 15 * MINUTES },
  /** Proofs are put together anew each time; counted by order for buyers, by shop or person for consoles. */
  'proof:asker': { points: 60, duration: 15 * MINUTES },
  /** The file of a case: documents are drawn and originals read for each. */
  'bundle:side': { points: 20, duration: 15 * MINUTES },
  /** Each may be a quarter of a gigabyte. */
  'upload:merchant': { points: 120, duration: 15 * MINUTES },
  /** A workbook is unpacked for each look at its first rows. */
  'preview:merchant': { points: 90, duration: 15 * MINUTES },
  /** Codes in plaintext, with the password each time. */
  'stock-export:merchant': { points: 20, duration: 60 * MINUTES },
  'stock-search:merchant': { points: 300, duration: 15 * MINUTES },
  /** Announcements of evidence, by case and side: each may be 200 MB, and what is refused counts nowhere else. */
  'evidence:side': { points: 120, duration: 15 * MINUTES },
  'top-up:user': { points: 30, duration: 15 * MINUTES },
  /** A receipt is drawn anew each time. */
  'receipt:order': { points: 30, duration: 15 * MINUTES },
  /** What a cart costs us is small; a script that fills carts is told to wait all the same. */
  'cart:ip': { points: 300, duration: 15 * MINUTES },
  /** A code is a secret of whoever was given it: looks at a price with one are counted, so that codes cannot be guessed. */
  'coupon:ip': { points: 60, duration: 15 * MINUTES },
  /** Answers of the opening form, each of which is kept, and what it opens. */
  'complain:order': { points: 120, duration: 15 * MINUTES },
  /** Words and moves of a buyer in one case: each tells the other sides. */
  'case:buyer': { points: 60, duration: 15 * MINUTES },
  /** The same of a merchant, and of arbitrators: each of their messages is an e-mail to the buyer. */
  'case:merchant': { points: 60, duration: 15 * MINUTES },
  'case:staff': { points: 60, duration: 15 * MINUTES },
  'reveal:order': { points: 120, duration: 15 * MINUTES },
  /** Payment callbacks that are not believed; each is kept, so they must not fill the disk. */
  'callback:ip': { points: 100, duration: 15 * MINUTES },
} as const satisfies Record<string, { points: number; duration: number }>

export type LimitName = keyof typeof LIMITS

/** Counts one attempt; refuses `auth/rate-limited` (with the minutes to wait) once there were too many. */
export type Limit = (name: LimitName, key: string) => Promise<void>

/**
 * Counters in PostgreSQL, shared by all processes, on the pool of `client`. Keys are hashed: the table holds no e-mail
 * or address. When the table cannot be written the count goes on in this process's memory: nobody is let through
 * uncounted, and nobody is thrown out because of our fault.
 */
export function createLimit(client: Db): Limit {
  const limiters = new Map<LimitName, RateLimiterPostgres>()
  const limiterOf = (name: LimitName): RateLimiterPostgres => {
    const limiter = limiters.get(name) ?? openLimiter(client, name)
    limiters.set(name, limiter)
    return limiter
  }
  return async (name, key) => {
    try {
      await limiterOf(name).consume(createHash('sha256').update(key).digest('base64url'))
    } catch (verdict) {
      if (!(verdict instanceof RateLimiterRes)) throw verdict
      throw new Refusal('auth/rate-limited', { minutes: Math.max(1, Math.ceil(verdict.msBeforeNext / 60_000)) })
    }
  }
}

let shared: Limit | undefined

/** Counts one attempt under the process's counters; see `createLimit`. */
export const limit: Limit = async (name, key) => {
  shared ??= createLimit(db())
  await shared(name, key)
}

function openLimiter(client: Db, name: LimitName): RateLimiterPostgres {
  const { points, duration } = LIMITS[name]
  const inMemory = { keyPrefix: name, points, duration }
  return new RateLimiterPostgres({
    ...inMemory,
    storeClient: asQueryable(client),
    storeType: 'client',
    tableName: 'rate_limit',
    tableCreated: true,
    // Who is over the limit is answered from memory: an attack does not become load on the database.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: new RateLimiterMemory(inMemory),
  })
}

/** The library speaks to a `pg` client; this one runs its (parametrised) statements on Prisma's pool. */
function asQueryable(client: Db) {
  return {
    async query({ text, values }: { text: string; values: readonly unknown[] }) {
      const found = await client.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values)
      const rows = found.map((row) => ({
        ...row,
        expire: typeof row['expire'] === 'bigint' ? Number(row['expire']) : row['expire'],
      }))
      return { rows, rowCount: rows.length }
    },
  }
}
