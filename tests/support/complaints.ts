import { buyerKeyOf } from '@/lib/domain/coupons'
import { type OpenComplaintInput, openComplaint } from '@/lib/domain/complaints'
import { db } from './database'
import { BUYER, NOW, aDeliveredOrder, run } from './factories'

export interface OpenCase {
  readonly complaintId: string
  readonly number: string
  readonly orderId: string
  readonly merchantId: string
  /** The CDKs that are complained of. */
  readonly cdkIds: readonly string[]
}

/** A complaint of a guest about the first `units` CDKs of a delivered order (ALREADY_USED, refund, unless `changes` say otherwise). */
export async function anOpenCase({
  quantity = 1,
  units = quantity,
  orderId,
  at = NOW,
  ...changes
}: Partial<OpenComplaintInput> & {
  readonly quantity?: number
  readonly units?: number
  readonly at?: Date
} = {}): Promise<OpenCase> {
  const id = orderId ?? (await aDeliveredOrder({ quantity })).orderId
  const order = await db.order.findUniqueOrThrow({
    where: { id },
    include: { checkout: true, cdks: { where: { state: 'DELIVERED' }, orderBy: { id: 'asc' } } },
  })
  const cdkIds = changes.cdkIds ?? order.cdks.slice(0, units).map((cdk) => cdk.id)
  const input: OpenComplaintInput = {
    orderId: id,
    buyerId: order.checkout.buyerId,
    buyerKey: buyerKeyOf(order.checkout),
    failure: 'ALREADY_USED',
    demand: 'REFUND',
    demandMinor: null,
    statement: '激活时提示已被使用。',
    ...changes,
    cdkIds,
  }
  const actor = { ...BUYER, id: order.checkout.buyerId }
  const opened = await run((tx) => openComplaint(tx, input, actor, at))
  return { ...opened, orderId: id, merchantId: order.merchantId, cdkIds }
}
