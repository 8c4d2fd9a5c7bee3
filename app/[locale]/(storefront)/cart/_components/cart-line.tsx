import { useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { ProductCover } from '@/components/product-cover'
import { ActionForm } from '@/components/ui/action-form'
import { cx } from '@/components/ui/cx'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { Link } from '@/i18n/navigation'
import type { CartLine } from '@/lib/queries/storefront'
import { DeliveryText } from '../../_components/delivery-line'
import { changeCartAction } from '../actions'
import { FixLine } from './fix-line'

/** One variant: what it is, how many, what it costs now, and what is in the way of buying it. */
export function CartLineRow({ line }: { line: CartLine }) {
  const t = useTranslations('storefront.cart')
  const { state, cover, currency, quantity } = line
  const gone = state === 'sold-out' || state === 'not-for-sale'
  return (
    <li className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-4 gap-y-3 px-4 py-4 sm:grid-cols-[7rem_minmax(0,1fr)] sm:px-5">
      <ProductCover {...cover} className={cx('rounded-md', gone && 'opacity-45 grayscale')} />
      <div className="grid min-w-0 content-start gap-1">
        <Link href={`/products/${line.slug}`} className="font-medium underline-offset-4 hover:underline">
          {line.title}
        </Link>
        <p className="text-ink-soft">{line.variantName}</p>
        {line.delivery.kind !== 'AUTOMATIC' && (
          <p className="text-sm text-ink-soft">
            <DeliveryText delivery={line.delivery} />
          </p>
        )}
        <p className="tabular-nums">
          <Money minor={line.unitPriceMinor} currency={currency} /> × {quantity} ={' '}
          <Money
            minor={line.goodsMinor}
            currency={currency}
            price
            className={gone ? 'line-through' : 'font-semibold'}
          />
        </p>
      </div>
      <div className="col-span-2 grid gap-2 sm:col-span-1 sm:col-start-2">
        <FixLine line={line} />
        {!gone && <QuantityForm line={line} label={t('quantityOf', { title: line.title })} />}
      </div>
    </li>
  )
}

function QuantityForm({ line, label }: { line: CartLine; label: string }) {
  const t = useTranslations('storefront.cart')
  return (
    <ActionForm action={changeCartAction} failed={t('failed')} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="variant" value={line.variantId} />
      <Input
        key={line.quantity}
        type="number"
        inputMode="numeric"
        name="quantity"
        min={1}
        max={line.maxPerOrder}
        required
        defaultValue={line.quantity}
        aria-label={label}
        className="w-20! text-center tabular-nums"
      />
      <SubmitButton variant="secondary">{t('update')}</SubmitButton>
      {line.state === 'ok' && (
        <SubmitButton
          variant="quiet"
          name="remove"
          value="yes"
          formNoValidate
          aria-label={t('removeWhat', { title: line.title })}
        >
          {t('remove')}
        </SubmitButton>
      )}
    </ActionForm>
  )
}
