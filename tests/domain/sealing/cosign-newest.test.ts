import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { signingKeyOf, verifyBundle, verifyNote } from '@/lib/domain/provenance'
import { bundleOf, cosignNewest, findCheckpoint } from '@/lib/domain/sealing'
import { askWitness } from '@/lib/infra/log-witness'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, aListing, run } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { aWitness } from '@/tests/support/witness'
import { drain } from './a-sealed-mall'

let logKey = ''
let one: Awaited<ReturnType<typeof aWitness>>

beforeAll(async () => {
  logKey = (await signingKeyOf(LOG_KEYS.name, LOG_KEYS.seed(1))).verifier.vkey
})
beforeEach(async () => {
  one = await aWitness(logKey)
  await aListing({ stock: 3 })
  await drain()
})
afterEach(() => one.close())

/** A round with these witnesses: how many cosigned, and what went wrong. */
async function round(...witnesses: readonly { vkey: string; url: string }[]) {
  const wrong: string[] = []
  const cosigned = await cosignNewest(run, askWitness, witnesses, NOW, (error, who) =>
    wrong.push(`${who}: ${String(error)}`),
  )
  return { cosigned, wrong }
}
const lines = () => db.logCosignature.count({ where: { witness: one.vkey } })

test('a witness cosigns the newest checkpoint once, and follows as the log grows', async () => {
  expect(await round(one)).toEqual({ cosigned: 1, wrong: [] })
  expect(await round(one)).toEqual({ cosigned: 0, wrong: [] })
  expect(one.witness.asked).toBe(1)
  await aListing({ stock: 40 })
  await drain(9)
  expect(await round(one)).toEqual({ cosigned: 1, wrong: [] })
  const served = await findCheckpoint(db)
  expect(served?.witnesses).toEqual([one.vkey])
  expect((await verifyNote(served?.note ?? '', [one]))?.verified).toHaveLength(1)
})

test('one that has seen another size than we know of says so and is shown the way from there', async () => {
  await round(one)
  await db.$executeRaw`SELECT 1`
  const forgot = await aWitness(logKey, 'witness.example.com/w2')
  try {
    await round(forgot)
    await aListing({ stock: 2 })
    await drain()
    // It lost its memory, and goes on from nothing.
    forgot.witness.seen = null
    expect(await round(forgot)).toEqual({ cosigned: 1, wrong: [] })
    expect(forgot.witness.asked).toBe(3)
  } finally {
    await forgot.close()
  }
})

test.each(['forges', 'signs-another'] as const)('a line of a witness that %s is not taken', async (mood) => {
  one.witness.mood = mood
  const { cosigned, wrong } = await round(one)
  expect(cosigned).toBe(0)
  expect(wrong).toMatchObject([expect.stringContaining('no line of its own that holds')])
  expect(await lines()).toBe(0)
})

test('lines of others beside its own are left out', async () => {
  one.witness.mood = 'brings-others'
  expect(await round(one)).toEqual({ cosigned: 1, wrong: [] })
  expect((await findCheckpoint(db))?.note.match(/^— /gmu)).toHaveLength(2)
})

test('a dead witness, or one that talks without end, holds up no other', async () => {
  const [dead, endless] = [await aWitness(logKey, 'dead.example.com'), await aWitness(logKey, 'endless.example.com')]
  await dead.close()
  endless.witness.mood = 'endless'
  const { cosigned, wrong } = await round(dead, endless, one)
  await endless.close()
  expect(cosigned).toBe(1)
  expect(wrong.map((each) => each.split(': ')[0])).toEqual([dead.url, endless.url])
})

test('a witness that has seen more than there is makes a noise', async () => {
  one.witness.seen = { size: 999_999, root: new Uint8Array(32) }
  const { wrong } = await round(one)
  expect(wrong).toMatchObject([expect.stringContaining('was an old backup restored?')])
})

test('a history that was rewritten is not cosigned', async () => {
  await round(one)
  one.witness.seen = { size: one.witness.seen?.size ?? 0, root: new Uint8Array(32).fill(1) }
  await aListing({ stock: 1 })
  await drain()
  const { cosigned, wrong } = await round(one)
  expect(cosigned).toBe(0)
  expect(wrong).toMatchObject([expect.stringContaining('answered 422')])
})

test('a bundle carries the newest checkpoint that was cosigned, if it has everything inside', async () => {
  const { orderId } = await aDeliveredOrder()
  await drain()
  await round(one)
  await aListing({ stock: 1 })
  await drain()
  const subject = { kind: 'order', id: orderId } as const
  const report = await verifyBundle(await run((tx) => bundleOf(tx, LOG_KEYS, { subject })), [logKey, one.vkey])
  expect(report.verdict).toBe('proved')
  expect(report.checkpoint?.cosignatures).toMatchObject([{ vkey: one.vkey }])
})
