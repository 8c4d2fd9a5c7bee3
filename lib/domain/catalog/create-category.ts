import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import type { AfterSaleRules } from './after-sale-rules'
import type { AttributeTemplate } from './attributes'

export interface CategoryInput {
  readonly slug: string
  readonly nameZh: string
  readonly nameEn: string
  readonly glyph: string
  readonly attributeTemplate: AttributeTemplate
  readonly needsDownloadAddress: boolean
  /** An import starts only once it has a file that shows where its codes come from; what is in stock stays on sale. */
  readonly requiresProof?: boolean
  readonly rules: Partial<AfterSaleRules>
  readonly position: number
}

/** Opens a category. Refuses `catalog/slug-taken`. Returns its id. */
export async function createCategory(tx: Tx, input: CategoryInput, now: Date): Promise<string> {
  const id = newId()
  const { count } = await tx.category.createMany({
    data: [{ id, ...input, rules: input.rules, createdAt: now }],
    skipDuplicates: true,
  })
  if (count === 0) throw new Refusal('catalog/slug-taken', { slug: input.slug })
  return id
}
