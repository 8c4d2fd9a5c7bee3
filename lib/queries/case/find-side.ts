import { z } from 'zod'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CaseSide, type Role } from '@/lib/infra/prisma/enums'
import { type BuyerScope, inScope } from '@/lib/queries/order/scope'

/** Who asks: the account behind the session, and the checkouts that this browser may open. */
export interface CaseAsker {
  readonly user: { readonly id: string; readonly role: Role; readonly merchantId: string | null } | null
  readonly checkoutIds: readonly string[]
}

/**
 * On which side of a case somebody stands; null for everybody else, and when there is no such case. One statement. A guest's cookie makes
 * a buyer of whoever has it, unless he stands on another side of this very case.
 */
export async function findSide(
  db: Tx,
  complaintId: string,
  { user, checkoutIds }: CaseAsker,
): Promise<CaseSide | null> {
  const scope: BuyerScope = { userId: user?.role === 'BUYER' ? user.id : null, checkoutIds }
  const [row] = await selectRows(
    db,
    z.object({ side: z.enum(CaseSide).nullable() }),
    sql`
      SELECT CASE WHEN ${asStaff(user)} THEN 'STAFF' WHEN ${asMerchant(user)} THEN 'MERCHANT' WHEN ${inScope(scope)} THEN 'BUYER' END AS side
      FROM complaint x JOIN "order" o ON o.id = x."orderId" JOIN checkout c ON c.id = o."checkoutId" WHERE x.id = ${complaintId}::uuid`,
  )
  return row?.side ?? null
}

/** Operators read every case; an arbitrator only those that were given to him. */
function asStaff(user: CaseAsker['user']): Sql {
  if (user?.role === 'OPERATOR') return sql`TRUE`
  if (user?.role !== 'ARBITRATOR') return sql`FALSE`
  return sql`${user.id}::uuid IN (x."arbitratorId", x."secondId", x."appealArbitratorId")`
}

function asMerchant(user: CaseAsker['user']): Sql {
  return user?.role === 'MERCHANT' && user.merchantId !== null
    ? sql`x."merchantId" = ${user.merchantId}::uuid`
    : sql`FALSE`
}
