import { z } from 'zod'

/** One variant of a submit, `<variant id>:<quantity>`: a form has no lists of pairs. */
export const CheckoutLine = z
  .string()
  .regex(/^[0-9a-f-]{36}:\d{1,4}$/u)
  .transform((text) => {
    const [variantId, quantity] = text.split(':')
    return { variantId, quantity: Number(quantity) }
  })
  .pipe(z.object({ variantId: z.uuid(), quantity: z.number().int().min(1).max(1_000) }))

export function checkoutLine({ variantId, quantity }: { variantId: string; quantity: number }): string {
  return `${variantId}:${quantity}`
}
