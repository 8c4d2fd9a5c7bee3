import type { PgBoss } from 'pg-boss'
import { afterEach, expect, test, vi } from 'vitest'
import { defineJob, openJobs, workOn } from '@/lib/infra/jobs'
import { createLog } from '@/lib/infra/log'
import { diffSchema } from '@/lib/infra/migrate'
import { z } from 'zod'
import { databaseUrl, db } from '@/tests/support/database'

const log = createLog('test', 'silent')
const SOON = { timeout: 15_000, interval: 50 }
const opened: PgBoss[] = []

async function aWorker(
  queue: string,
  handle: (id: string) => Promise<void>,
  options: Parameters<typeof defineJob>[3] = {},
): Promise<PgBoss> {
  const boss = await openJobs(databaseUrl, log)
  opened.push(boss)
  await workOn(boss, [defineJob(queue, z.object({ id: z.string() }), ({ id }) => handle(id), options)], log)
  return boss
}

afterEach(async () => {
  for (const boss of opened.splice(0)) await boss.stop({ graceful: true, timeout: 5_000 })
})

test('the job tables are made by the application itself, in a schema that migrations do not see', async () => {
  await aWorker('tables', async () => Promise.resolve())
  const owners =
    await db.$queryRaw`SELECT DISTINCT tableowner::text AS owner FROM pg_tables WHERE schemaname = 'pgboss'`
  expect(owners).toEqual([{ owner: 'keybond' }])
  expect(await diffSchema(databaseUrl)).toBe('')
})

test('one job a key, over all workers, until it is done', async () => {
  const release = Promise.withResolvers<void>()
  const seen: string[] = []
  const handle = async (id: string) => {
    seen.push(id)
    await release.promise
  }
  const [one, two] = [
    await aWorker('one-per-key', handle, { onePerKey: true }),
    await aWorker('one-per-key', handle, { onePerKey: true }),
  ]
  expect(await one.send('one-per-key', { id: 'a' }, { singletonKey: 'a' })).not.toBeNull()
  await vi.waitFor(() => expect(seen).toEqual(['a']), SOON)
  expect(await two.send('one-per-key', { id: 'a' }, { singletonKey: 'a' })).toBeNull()
  expect(await two.send('one-per-key', { id: 'b' }, { singletonKey: 'b' })).not.toBeNull()
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b']), SOON)
  release.resolve()
  await vi.waitFor(
    async () => expect(await two.send('one-per-key', { id: 'a' }, { singletonKey: 'a' })).not.toBeNull(),
    SOON,
  )
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b', 'a']), SOON)
})

test('a job that fails without retries is out of the way for the next one', async () => {
  let calls = 0
  const handle = async () => {
    calls += 1
    return Promise.reject(new Error('no'))
  }
  const boss = await aWorker('failing', handle, { retryLimit: 0, onePerKey: true })
  await boss.send('failing', { id: 'a' }, { singletonKey: 'a' })
  await vi.waitFor(() => expect(calls).toBe(1), SOON)
  await vi.waitFor(
    async () => expect(await boss.send('failing', { id: 'a' }, { singletonKey: 'a' })).not.toBeNull(),
    SOON,
  )
  await vi.waitFor(() => expect(calls).toBe(2), SOON)
})

test('goes on after every connection was cut', async () => {
  const seen: string[] = []
  const boss = await aWorker('cut', async (id) => {
    seen.push(id)
    return Promise.resolve()
  })
  await boss.send('cut', { id: 'before' })
  await vi.waitFor(() => expect(seen).toEqual(['before']), SOON)
  await db.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE application_name = 'keybond-jobs' AND datname = current_database()`
  await vi.waitFor(async () => expect(await boss.send('cut', { id: 'after' })).not.toBeNull(), SOON)
  await vi.waitFor(() => expect(seen).toEqual(['before', 'after']), SOON)
})
