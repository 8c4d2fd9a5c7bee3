import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { Refusal } from '@/lib/kernel/refusal'
import { createDb } from '@/lib/infra/db'
import { createLimit } from '@/lib/web/rate-limit'
import { databaseUrl, db } from '@/tests/support/database'

const TIMES = 8

async function use(limit: ReturnType<typeof createLimit>, key: string, times: number): Promise<string[]> {
  const said: string[] = []
  for (let n = 0; n < times; n++) {
    said.push(
      await limit('lookup:number', key).then(
        () => 'ok',
        (error: unknown) => (error instanceof Refusal ? error.code : 'crash'),
      ),
    )
  }
  return said
}

test('counts in the database, so that two processes share one count', async () => {
  const [one, two] = [createLimit(db), createLimit(db)]
  const key = randomUUID()
  expect(await use(one, key, 5)).toEqual(Array(5).fill('ok'))
  expect(await use(two, key, 4)).toEqual(['ok', 'ok', 'ok', 'auth/rate-limited'])
  expect(await use(one, key, 1)).toEqual(['auth/rate-limited'])
  expect(await use(one, randomUUID(), 1)).toEqual(['ok'])
})

test('many at once are counted one by one', async () => {
  const limit = createLimit(db)
  const key = randomUUID()
  const answers = await Promise.allSettled(Array.from({ length: 30 }, () => limit('lookup:number', key)))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(TIMES)
})

test('says how long to wait and stores no key in the clear', async () => {
  const limit = createLimit(db)
  const key = `somebody-${randomUUID()}@example.com`
  await use(limit, key, TIMES)
  await expect(limit('lookup:number', key)).rejects.toMatchObject({ params: { minutes: 15 } })
  expect(await db.rateLimit.count({ where: { key: { contains: 'somebody' } } })).toBe(0)
})

test('opens again after its time', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const limit = createLimit(db)
    const key = randomUUID()
    expect((await use(limit, key, TIMES + 1)).at(-1)).toBe('auth/rate-limited')
    vi.setSystemTime(Date.now() + 16 * 60_000)
    expect(await use(createLimit(db), key, 1)).toEqual(['ok'])
  } finally {
    vi.useRealTimers()
  }
})

test('goes on counting in memory while the table cannot be reached', async () => {
  const unreachable = new URL(databaseUrl)
  unreachable.port = '9'
  const broken = createDb(unreachable.href)
  expect(await use(createLimit(broken), randomUUID(), TIMES + 1)).toEqual([
    ...Array<string>(TIMES).fill('ok'),
    'auth/rate-limited',
  ])
  await broken.$disconnect()
})
