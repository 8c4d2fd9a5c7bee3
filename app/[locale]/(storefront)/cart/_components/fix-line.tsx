import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import type { CartLine } from '@/lib/queries/storefront'
import { changeCartAction } from '../actions'

/** What is wrong with a line of the cart, and what can be done about it. Nothing for a line that can be bought. */
export function FixLine({ line: { variantId, state, available } }: { line: CartLine }) {
  const t = useTranslations('storefront.cart')
  if (state === 'ok') return null
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span className="font-medium text-amber">
        {state === 'short' ? t('short', { left: available }) : t(state === 'sold-out' ? 'soldOut' : 'notForSale')}
      </span>
      <ActionForm action={changeCartAction} failed={t('failed')} className="flex flex-wrap gap-2">
        <input type="hidden" name="variant" value={variantId} />
        <input type="hidden" name="quantity" value={available} />
        {state === 'short' && (
          <SubmitButton size="sm" variant="secondary">
            {t('useLeft', { left: available })}
          </SubmitButton>
        )}
        <SubmitButton size="sm" variant="secondary" name="remove" value="yes">
          {t('remove')}
        </SubmitButton>
      </ActionForm>
    </div>
  )
}
