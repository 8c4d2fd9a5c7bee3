import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { z } from 'zod'

/**
 * A kind of background work. The queue is a hint, never the truth: what a lost job would have done is also found by a
 * loop of the worker (`dueAt`), so a handler must bear being called twice, late, or never.
 */
export interface Job {
  readonly queue: string
  readonly handle: (data: unknown, now: Date) => Promise<void>
  /** How often a failed job comes again by itself; 0 for work whose row says when it is due again. */
  readonly retryLimit: number
  /** At most one job per `singletonKey` waits or runs, over all workers. */
  readonly onePerKey: boolean
}

const RETRY_DELAY_S = 5
const POLL_EVERY_S = 1
const AT_ONCE = 4
/** A worker that was killed in the middle holds its job for this long. */
const EXPIRE_S = 60
const KEEP_DONE_S = 24 * 60 * 60

/** A job whose data is checked on the way out of the queue. */
export function defineJob<Data extends object>(
  queue: string,
  schema: z.ZodType<Data>,
  handle: (data: Data, now: Date) => Promise<void>,
  { retryLimit = 5, onePerKey = false }: { readonly retryLimit?: number; readonly onePerKey?: boolean } = {},
): Job {
  return { queue, handle: (data, now) => handle(schema.parse(data), now), retryLimit, onePerKey }
}

/** Connects to the job tables (schema `pgboss`, made when missing) without working on anything: for enqueuing. */
export async function openJobs(databaseUrl: string, log: Logger): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: databaseUrl, application_name: 'keybond-jobs', schema: 'pgboss', max: 4 })
  // A lost connection is told here and mended by the pool: the next poll gets a new one.
  boss.on('error', (error) => log.error({ err: error }, 'job queue'))
  await boss.start()
  return boss
}

/** Makes the queues of `jobs`, each with a queue for its dead letters if it retries, and starts working on them. */
export async function workOn(boss: PgBoss, jobs: readonly Job[], log: Logger): Promise<void> {
  for (const { queue, handle, retryLimit, onePerKey } of jobs) {
    const deadLetter = `${queue}-dead`
    if (retryLimit > 0) await boss.createQueue(deadLetter)
    await boss.createQueue(queue, {
      ...(onePerKey ? { policy: 'exclusive' } : {}),
      ...(retryLimit > 0 ? { deadLetter, retryDelay: RETRY_DELAY_S, retryBackoff: true } : {}),
      retryLimit,
      expireInSeconds: EXPIRE_S,
      deleteAfterSeconds: KEEP_DONE_S,
    })
    await boss.work(queue, { pollingIntervalSeconds: POLL_EVERY_S, localConcurrency: AT_ONCE }, async (batch) => {
      for (const job of batch) {
        try {
          await handle(job.data, new Date())
          log.debug({ queue, job: job.id }, 'job done')
        } catch (error) {
          log.error({ err: error, queue, job: job.id }, 'job failed')
          throw error
        }
      }
    })
  }
}
