import * as z from 'zod/mini'
import type { Json } from '@/lib/kernel/canonical-json'
import { Hex32 } from './case-file'
import { formatJson } from './json-file'

export const ORDER_FORMAT = 'keybond-case-order/v1'

const AnyJson = z.custom<Json>((value: unknown) => value !== undefined)

const OrderFile = z.object({
  format: z.literal(ORDER_FORMAT),
  orderId: z.string(),
  number: z.string(),
  /** What was frozen at purchase: product, price, rules, the merchant's legal identity. */
  snapshot: AnyJson,
  /** SHA-256 of the snapshot's canonical JSON, as the order kept it. */
  snapshotHash: Hex32,
  /** Moments, amounts, payment and refunds with the provider's references. */
  facts: z.record(z.string(), AnyJson),
})
export type OrderFile = z.infer<typeof OrderFile>

export function formatOrderFile(file: OrderFile): string {
  return formatJson(OrderFile.parse(file))
}

/** Null when it is not one. */
export function readOrderFile(json: Json | undefined): OrderFile | null {
  return OrderFile.safeParse(json).data ?? null
}
