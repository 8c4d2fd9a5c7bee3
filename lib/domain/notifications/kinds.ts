import { CURRENCIES } from '@/lib/kernel/money'
import { z } from 'zod'
import { CASE_CLOCKS, TOLD_ENTRIES } from './case-words'

/** A text in both languages; the reader's is taken when it is read, Chinese where no English one was written. */
const Said = z.object({ zh: z.string(), en: z.string().nullable() })

const Moment = z.iso.datetime()
const Variant = { variantId: z.uuid(), product: Said, variant: Said }
const MerchantOrder = { orderId: z.uuid(), number: z.string() }
const Case = {
  complaintId: z.uuid(),
  number: z.string(),
  order: z.string(),
  /** STAFF: an arbitrator. Operators look on. */
  side: z.enum(['BUYER', 'MERCHANT', 'STAFF', 'OPERATOR']),
}
const caseOf = ({ complaintId, number, order, side }: z.output<z.ZodObject<typeof Case>>) =>
  ({
    BUYER: `/orders/${order}/complaints/${number}`,
    MERCHANT: `/merchant/complaints/${complaintId}`,
    STAFF: `/arbitration/${complaintId}`,
    OPERATOR: `/admin/complaints/${complaintId}`,
  })[side]
const fromOf = ({ batchId }: { readonly batchId: string }) => `/merchant/stock/batches/${batchId}`
const stockOf = ({ variantId }: { readonly variantId: string }) => `/merchant/stock/${variantId}`
const saleOf = ({ orderId }: { readonly orderId: string }) => `/merchant/orders/${orderId}`
const orderOf = ({ number }: { readonly number: string }) => `/orders/${number}`

/**
 * Everything that somebody is told: what its texts need (messages: mail.kind.<kind>) and the page where it is
 * seen or acted on, as a path without the language. Never a code: strict, so that nothing rides along.
 */
export const NOTIFICATION_KINDS = {
  'low-stock': kind('low-stock', { ...Variant, left: z.int() }, stockOf),
  'stock-expiring': kind('stock-expiring', { ...Variant, count: z.int(), firstAt: Moment }, stockOf),
  /** An order of manual delivery was paid; the merchant has until dueAt. */
  'delivery-wanted': kind('delivery-wanted', { ...MerchantOrder, dueAt: Moment }, saleOf),
  /** Reminder: dueAt is near. */
  'delivery-due': kind('delivery-due', { ...MerchantOrder, dueAt: Moment }, saleOf),
  /** dueAt went by: the buyer was refunded in full, the penalty taken from the deposit. */
  'delivery-overdue': kind(
    'delivery-overdue',
    { ...MerchantOrder, penaltyMinor: z.int(), currency: z.enum(CURRENCIES) },
    saleOf,
  ),
  /** Buyer: one of a checkout, however many orders. */
  'order-delivered': kind(
    'order-delivered',
    { numbers: z.array(z.string()).min(1).readonly() },
    ({ numbers: [number = ''] }) => orderOf({ number }),
  ),
  'order-refunded': kind(
    'order-refunded',
    { number: z.string(), amountMinor: z.int(), currency: z.enum(CURRENCIES), whole: z.boolean() },
    orderOf,
  ),
  /** Buyer: codes of the order stand in a batch that operators froze; they are refunded, looked at or not. */
  'order-frozen': kind('order-frozen', { number: z.string() }, orderOf),
  /** Any side of a complaint: somebody else added to it. */
  'case-news': kind('case-news', { ...Case, what: z.enum(TOLD_ENTRIES) }, caseOf),
  /** Reminder: a clock of a complaint that runs against this side is near its end, or an arbitration is far beyond its target. */
  'case-due': kind('case-due', { ...Case, what: z.enum(CASE_CLOCKS), dueAt: Moment }, caseOf),
  /** Merchant: operators froze a batch. */
  'batch-frozen': kind('batch-frozen', { ...Variant, batchId: z.uuid(), reason: z.string() }, fromOf),
}

export type NotificationKind = keyof typeof NOTIFICATION_KINDS

export function isKind(name: string): name is NotificationKind {
  return Object.hasOwn(NOTIFICATION_KINDS, name)
}

export type NotificationData<Kind extends NotificationKind> = z.output<(typeof NOTIFICATION_KINDS)[Kind]['data']>

function kind<Name extends string, Shape extends z.core.$ZodLooseShape>(
  name: Name,
  shape: Shape,
  pageOf: (data: z.output<z.ZodObject<Shape, z.core.$strict>>) => string,
) {
  const data = z.strictObject(shape)
  const read = (stored: unknown) => {
    const parsed = data.parse(stored)
    return { kind: name, data: parsed, page: pageOf(parsed) }
  }
  return { data, read }
}
