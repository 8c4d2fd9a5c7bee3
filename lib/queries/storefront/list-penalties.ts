import { z } from 'zod'
import { TARIFFS } from '@/lib/domain/merchants'
import { type Tx, empty, sql } from '@/lib/domain/tx'
import { type Page, selectPage } from '@/lib/queries/page'

const PublicPenalty = z.object({
  id: z.string(),
  merchant: z.string(),
  slug: z.string(),
  tariff: z.enum(TARIFFS),
  /** What the tariff asked for, and what the deposit held of it. */
  amountMinor: z.number(),
  takenMinor: z.number(),
  currency: z.string(),
  at: z.date(),
  /** A won appeal gave it back. */
  returnedAt: z.date().nullable(),
})
export type PublicPenalty = z.infer<typeof PublicPenalty>

/** Penalties as everybody may see them, latest first, of all merchants or of one: no order, no buyer. */
export async function listPenalties(db: Tx, slug: string | undefined, page: number): Promise<Page<PublicPenalty>> {
  return selectPage(
    db,
    PublicPenalty,
    {
      columns: sql`t.id, m.name AS merchant, m.slug, t.tariff, t."amountMinor", t."takenMinor", t.currency, t.at, t."returnedAt"`,
      from: sql`penalty t JOIN merchant m ON m.id = t."merchantId"
        WHERE m.status <> 'PENDING' ${slug === undefined ? empty : sql`AND m.slug = ${slug}`}`,
      orderBy: sql`t.at DESC, t.id DESC`,
    },
    page,
  )
}
