import { Client } from 'pg'
import type { Tx } from '@/lib/domain/tx'
import { databaseUrl, db } from './database'

const LONGEST_MS = 20_000

/**
 * Runs two pieces of work in two transactions that truly overlap: the first is held just before its commit until the
 * second waits for one of its locks (seen in pg_stat_activity) or has finished without needing one. A plain
 * `Promise.all` leaves that to luck and passes against a read-then-write.
 */
export async function race<A, B>(
  first: (tx: Tx) => Promise<A>,
  second: (tx: Tx) => Promise<B>,
): Promise<[PromiseSettledResult<A>, PromiseSettledResult<B>]> {
  const ran = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const one = db.$transaction(
    async (tx) => {
      const result = await first(tx)
      ran.resolve()
      await release.promise
      return result
    },
    { timeout: LONGEST_MS },
  )
  one.catch(ran.resolve)
  await ran.promise
  const pid = Promise.withResolvers<number>()
  const two = db.$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
      pid.resolve(row?.pid ?? 0)
      return second(tx)
    },
    { timeout: LONGEST_MS },
  )
  two.catch(() => {
    pid.resolve(0)
  })
  await waitsOrEnds(await pid.promise, two)
  release.resolve()
  return Promise.all([settled(one), settled(two)])
}

/** The same work twice. */
export async function raceTwice<T>(
  work: (tx: Tx) => Promise<T>,
): Promise<[PromiseSettledResult<T>, PromiseSettledResult<T>]> {
  return race(work, work)
}

async function waitsOrEnds(pid: number, work: Promise<unknown>): Promise<void> {
  const watcher = new Client({ connectionString: databaseUrl })
  await watcher.connect()
  const watched = { ended: false }
  const end = () => {
    watched.ended = true
  }
  work.then(end, end)
  const deadline = performance.now() + LONGEST_MS
  try {
    while (!watched.ended) {
      const { rows } = await watcher.query(
        "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'",
        [pid],
      )
      if (rows.length > 0) return
      if (performance.now() > deadline) throw new Error('the second transaction neither waited nor ended')
    }
  } finally {
    await watcher.end()
  }
}

async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([work])
  return result
}
