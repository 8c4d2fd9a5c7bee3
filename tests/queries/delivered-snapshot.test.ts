import { expect, test } from 'vitest'
import { recordPayment } from '@/lib/domain/orders'
import { hashJson } from '@/lib/kernel/hash-json'
import { findDeliveredSnapshot } from '@/lib/queries/order'
import { db } from '@/tests/support/database'
import { NOW, aCapture, aListing, aPlacedOrder, run } from '@/tests/support/factories'

test('the snapshot, with its download address, comes with the CDK and to its buyer only', async () => {
  const listing = await aListing({ downloadUrl: 'https://files.example.com/setup.exe' })
  const { checkoutId, orderId, number } = await aPlacedOrder({ listing })
  const buyer = { userId: null, checkoutIds: [checkoutId] }
  expect(await findDeliveredSnapshot(db, buyer, number)).toBeNull()

  const capture = await aCapture(checkoutId)
  await run((tx) => recordPayment(tx, checkoutId, capture, NOW))
  const found = await findDeliveredSnapshot(db, buyer, number)
  const { snapshotHash } = await db.order.findUniqueOrThrow({ where: { id: orderId } })
  expect(found?.snapshot.product.downloadUrl).toBe('https://files.example.com/setup.exe')
  expect(found && hashJson(found.snapshot)).toBe(snapshotHash)
  expect(await findDeliveredSnapshot(db, { userId: null, checkoutIds: [] }, number)).toBeNull()
})
