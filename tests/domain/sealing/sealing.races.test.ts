import { expect, test } from 'vitest'
import { sealEvents } from '@/lib/domain/sealing'
import { confirmOrder } from '@/lib/domain/orders'
import { BUYER, NOW, aDeliveredOrder, aListing, addStock, run } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { raceTwice } from '@/tests/support/race'
import { drain, importInto, misfits, outOfOrder, seal } from './a-sealed-mall'

test('of two sealers at once one seals and the other does nothing', async () => {
  await aListing({ stock: 3 })
  const [first, second] = await raceTwice((tx) => sealEvents(tx, LOG_KEYS, NOW))
  expect(first).toMatchObject({ status: 'fulfilled', value: { leaves: 3 } })
  expect(second).toEqual({ status: 'fulfilled', value: null })
  expect(await misfits()).toEqual([])
})

test('what an older transaction commits late is not lost', async () => {
  const listing = await aListing({ stock: 0 })
  await drain()
  const late = await anOpenTransaction((tx) => importInto(tx, listing, 2))
  await addStock(listing, 3)
  // The younger one is sealed at once; the older is not seen yet.
  expect(await drain()).toBe(3)
  expect(await drain()).toBe(0)
  await late.commit()
  expect(await drain()).toBe(2)
  expect(await misfits()).toEqual([])
})

test('a transaction that began before the event it follows is sealed behind it', async () => {
  const order = await aDeliveredOrder()
  await drain()
  const listing = await aListing({ stock: 1 })
  // It takes its number now and goes on with the CDK of the order later.
  const go = Promise.withResolvers<void>()
  const early = run(async (tx) => {
    await tx.$queryRaw`SELECT pg_current_xact_id()::text`
    await go.promise
    await confirmOrder(tx, order.orderId, BUYER, NOW)
  })
  const younger = await aDeliveredOrder({ listing })
  await drain(1)
  go.resolve()
  await early
  await run((tx) => confirmOrder(tx, younger.orderId, BUYER, NOW))
  expect(await drain(1)).toBe(2)
  expect(await misfits()).toEqual([])
  expect(await outOfOrder()).toEqual([])
})

test('nothing is sealed that may still be rolled back', async () => {
  const listing = await aListing({ stock: 0 })
  await drain()
  const doubtful = await anOpenTransaction((tx) => importInto(tx, listing, 2))
  expect(await seal()).toEqual({ leaves: 0, drained: true })
  await doubtful.rollback()
  expect(await seal()).toEqual({ leaves: 0, drained: true })
  expect(await misfits()).toEqual([])
})

/** Work that is done and not committed, on a connection of its own. */
async function anOpenTransaction(work: Parameters<typeof run>[0]) {
  const [done, end] = [Promise.withResolvers<void>(), Promise.withResolvers<boolean>()]
  const ended = run(async (tx) => {
    await work(tx)
    done.resolve()
    if (!(await end.promise)) throw new Error('rolled back')
  }).catch((error: unknown) => {
    done.reject(error)
    if (!(error instanceof Error && error.message === 'rolled back')) throw error
  })
  await done.promise
  return {
    commit: () => {
      end.resolve(true)
      return ended
    },
    rollback: () => {
      end.resolve(false)
      return ended
    },
  }
}
