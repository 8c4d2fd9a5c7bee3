import type { Tx } from '@/lib/domain/tx'
import { after } from '@/lib/kernel/time'
import { LEASE_MS } from './lease-import'
import { LeaseLost } from './lease-lost'

/** An import in somebody's hands. */
export interface Lease {
  readonly id: string
  readonly merchantId: string
  readonly leaseId: string
}

/** Keeps an import for another while, between chunks that take long to come. Throws LeaseLost when somebody else has it. */
export async function renewLease(tx: Tx, { id, merchantId, leaseId }: Lease, now: Date): Promise<void> {
  const { count } = await tx.stockImport.updateMany({
    where: { id, merchantId, leaseId, state: { in: ['CHECKING', 'RUNNING'] } },
    data: { leaseUntil: after(now, LEASE_MS) },
  })
  if (count === 0) throw new LeaseLost()
}

/** Gives an import back as it is, for whoever comes next: this process stops. */
export async function returnLease(tx: Tx, { id, merchantId, leaseId }: Lease): Promise<void> {
  await tx.stockImport.updateMany({ where: { id, merchantId, leaseId }, data: { leaseId: null, leaseUntil: null } })
}
