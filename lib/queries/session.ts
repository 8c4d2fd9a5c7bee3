import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Role } from '@/lib/infra/prisma/enums'

/** Counting stops here; more is shown as "99+". */
export const MOST_UNREAD = 100

const Row = z.object({
  id: z.string(),
  email: z.string(),
  displayName: z.string(),
  role: z.enum(Role),
  merchantId: z.string().nullable(),
  unread: z.number(),
})

/** Who is signed in and how much they have not read: asked by every page, so both in one statement. */
export async function findSession(db: Tx, userId: string): Promise<z.infer<typeof Row> | null> {
  const [row] = await selectRows(
    db,
    Row,
    sql`
      SELECT u.id, u.email, u."displayName", u.role::text AS role, u."merchantId", (SELECT count(*)::int FROM (
        SELECT FROM notification n WHERE n."userId" = u.id AND n."readAt" IS NULL LIMIT ${MOST_UNREAD}) AS unread) AS unread
      FROM "user" u WHERE u.id = ${userId}::uuid`,
  )
  return row ?? null
}
