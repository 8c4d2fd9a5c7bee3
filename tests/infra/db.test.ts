import { expect, test } from 'vitest'
import { type Db, createDb, inTransaction } from '@/lib/infra/db'
import type { Tx } from '@/lib/domain/tx'
import { databaseUrl } from '@/tests/support/database'
import { aMerchant } from '@/tests/support/factories'

const WRITES = {
  'hand-written statements': async (tx: Tx, id: string) =>
    tx.$executeRaw`UPDATE merchant SET "feeBps" = "feeBps" + 1 WHERE id = ${id}::uuid`,
  'the client API': async (tx: Tx, id: string) =>
    tx.merchant.update({ where: { id }, data: { feeBps: { increment: 1 } } }),
}

test.each(Object.entries(WRITES))('a deadlock of %s is tried again', async (_name, write) => {
  const client: Db = createDb(databaseUrl)
  const merchants = [await aMerchant({ feeBps: 0 }), await aMerchant({ feeBps: 0 })] as const
  const bothHoldOne = Promise.withResolvers<void>()
  const told = { attempts: 0, holding: 0 }
  const crosswise = async (first: string, then: string) =>
    inTransaction(client, async (tx) => {
      told.attempts += 1
      await write(tx, first)
      told.holding += 1
      if (told.holding === 2) bothHoldOne.resolve()
      await bothHoldOne.promise
      await write(tx, then)
    })
  await Promise.all([crosswise(...merchants), crosswise(merchants[1], merchants[0])])
  expect(told.attempts).toBe(3)
  const fees = await client.merchant.findMany({ where: { id: { in: [...merchants] } }, select: { feeBps: true } })
  expect(fees).toEqual([{ feeBps: 2 }, { feeBps: 2 }])
  await client.$disconnect()
})
