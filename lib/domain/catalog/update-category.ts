import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import type { CategoryInput } from './create-category'

/**
 * Changes a category. Running orders keep their snapshot. Refuses `catalog/address-required` when the category shall
 * need a download address and published products have none (the lock keeps a racing publication out),
 * `catalog/slug-taken`, `access/not-found`.
 */
export async function updateCategory(tx: Tx, id: string, input: CategoryInput): Promise<void> {
  const [found] = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`SELECT id FROM category WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw new Refusal('access/not-found')
  if (input.needsDownloadAddress) {
    const bare = await tx.product.count({ where: { categoryId: id, status: 'PUBLISHED', downloadUrl: null } })
    if (bare > 0) throw new Refusal('catalog/category-in-use', { count: bare })
  }
  const taken = await tx.category.count({ where: { slug: input.slug, NOT: { id } } })
  if (taken > 0) throw new Refusal('catalog/slug-taken', { slug: input.slug })
  await tx.category.update({ where: { id }, data: { ...input, rules: input.rules } })
}
