import { type Sql, sql } from '@/lib/domain/tx'

/** Whose orders may be read: those of an account, and those that this browser may open. */
export interface BuyerScope {
  readonly userId: string | null
  readonly checkoutIds: readonly string[]
}

/** Condition on `checkout c`. Part of every statement here, so that another buyer's order is simply not there. */
export function inScope({ userId, checkoutIds }: BuyerScope): Sql {
  return sql`((c."buyerId" IS NOT NULL AND c."buyerId" = ${userId}::uuid) OR c.id = ANY (${[...checkoutIds]}::uuid[]))`
}
