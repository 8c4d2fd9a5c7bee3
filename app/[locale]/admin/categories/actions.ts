'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from '@/i18n/navigation'
import { createCategory, updateCategory } from '@/lib/domain/catalog'
import { operatorAction } from '@/lib/web/action'
import { CategoryFormInput } from './category-input'

/** Opens or changes a category; running orders keep the rules they were placed under. */
export const saveCategoryAction = operatorAction(CategoryFormInput, async ({ id, ...input }, { run, now, locale }) => {
  const saved = await run(async (tx) => {
    if (id === null) return createCategory(tx, input, now)
    await updateCategory(tx, id, input)
    return id
  })
  revalidatePath('/[locale]', 'layout')
  redirect({
    href: { pathname: `/admin/categories/${saved}`, query: { done: id === null ? 'created' : 'saved' } },
    locale,
  })
})
