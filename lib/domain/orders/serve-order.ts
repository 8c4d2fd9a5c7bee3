import type { Tx } from '@/lib/domain/tx'
import { awaitDelivery } from './await-delivery'
import { deliverOrder } from './deliver-order'
import type { LockedOrder } from './lock-checkout'

/** What a paid order is owed, by its kind of delivery: its CDKs, or the merchant's promise. False when it cannot be served. */
export async function serveOrder(tx: Tx, order: LockedOrder, now: Date): Promise<boolean> {
  return order.delivery === 'MANUAL' ? awaitDelivery(tx, order, now) : deliverOrder(tx, order, now)
}

/** Of orders that are served, those whose CDKs their buyer has by that. */
export function deliveredNumbers(served: readonly Pick<LockedOrder, 'delivery' | 'number'>[]): string[] {
  return served.filter(({ delivery }) => delivery !== 'MANUAL').map(({ number }) => number)
}
