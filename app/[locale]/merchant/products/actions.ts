'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { publishProduct, saveProduct, unlistProduct } from '@/lib/domain/catalog'
import { changeValidity } from '@/lib/domain/stock'
import { merchantAction } from '@/lib/web/action'
import { ProductFormInput } from './product-input'

const ProductRef = z.object({ productId: z.uuid() })

/** Saves a product; the second button also puts it on sale, in the same transaction. */
export const saveProductAction = merchantAction(
  ProductFormInput,
  async ({ intent, ...input }, { merchantId, run, now, locale }) => {
    const id = await run(async (tx) => {
      const saved = await saveProduct(tx, merchantId, input, now)
      for (const { id: variantId, validityDays } of input.variants) {
        if (variantId !== undefined && validityDays !== undefined) {
          await changeValidity(tx, { merchantId, variantId }, validityDays)
        }
      }
      if (intent === 'publish') await publishProduct(tx, merchantId, saved, now)
      return saved
    })
    revalidatePath('/[locale]/merchant', 'layout')
    const done = intent === 'publish' ? 'published' : input.id === undefined ? 'created' : 'saved'
    redirect({ href: { pathname: `/merchant/products/${id}`, query: { done } }, locale })
  },
)

export const publishProductAction = merchantAction(
  ProductRef,
  async ({ productId }, { merchantId, run, now, locale }) => {
    await run((tx) => publishProduct(tx, merchantId, productId, now))
    revalidatePath('/[locale]/merchant', 'layout')
    redirect({ href: { pathname: `/merchant/products/${productId}`, query: { done: 'published' } }, locale })
  },
)

export const unlistProductAction = merchantAction(
  ProductRef,
  async ({ productId }, { merchantId, run, now, locale }) => {
    await run((tx) => unlistProduct(tx, merchantId, productId, now))
    revalidatePath('/[locale]/merchant', 'layout')
    redirect({ href: { pathname: `/merchant/products/${productId}`, query: { done: 'unlisted' } }, locale })
  },
)
