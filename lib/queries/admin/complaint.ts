import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'

const People = z.object({
  merchant: z.string(),
  /** The buyer's address. */
  buyer: z.string(),
  first: z.string().nullable(),
  second: z.string().nullable(),
  secondId: z.string().nullable(),
  appeal: z.string().nullable(),
})

export interface AdminComplaint {
  readonly people: z.infer<typeof People>
  readonly actions: readonly OperatorActionRow[]
}

/** Who is who in a case, by name, and what operators did to it; two statements. The case itself: `findCase`. */
export async function findAdminComplaint(db: Tx, id: string): Promise<AdminComplaint | null> {
  const [people] = await selectRows(
    db,
    People,
    sql`
      SELECT m.name AS merchant, k.email AS buyer, f."displayName" AS first, s."displayName" AS second, x."secondId", a."displayName" AS appeal
      FROM complaint x JOIN merchant m ON m.id = x."merchantId" JOIN "order" o ON o.id = x."orderId" JOIN checkout k ON k.id = o."checkoutId"
      LEFT JOIN "user" f ON f.id = x."arbitratorId" LEFT JOIN "user" s ON s.id = x."secondId"
      LEFT JOIN "user" a ON a.id = x."appealArbitratorId"
      WHERE x.id = ${id}::uuid`,
  )
  return people ? { people, actions: await selectOperatorActions(db, id) } : null
}
