'use client'

import { Check, ShoppingCart } from 'lucide-react'
import { useActionState } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/web/action-state'
import { addToCartAction } from '../cart/actions'

interface Props {
  variantId: string
  /** Names the product: there are many such buttons on a page. */
  label: string
  added: string
}

/** One piece into the cart, from a card on which there is nothing to choose. */
export function AddToCart({ variantId, label, added }: Props) {
  const [state, submit] = useActionState(addToCartAction, IDLE)
  const done = state.status === 'done'
  const said = done ? added : state.status === 'refused' ? state.message : ''
  return (
    <form action={submit} className="relative z-10">
      <input type="hidden" name="variant" value={variantId} />
      <input type="hidden" name="quantity" value="1" />
      <SubmitButton size="sm" variant="secondary" className="px-2!" aria-label={label} title={said || label}>
        {done ? <Check aria-hidden className="text-jade" /> : <ShoppingCart aria-hidden />}
      </SubmitButton>
      <span
        role="status"
        className={
          state.status === 'refused'
            ? 'absolute end-0 bottom-full z-20 w-48 rounded-md border border-danger-line bg-danger-wash p-2 text-sm'
            : 'sr-only'
        }
      >
        {said}
      </span>
    </form>
  )
}
