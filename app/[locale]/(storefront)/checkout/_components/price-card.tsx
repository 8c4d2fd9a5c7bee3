import Form from 'next/form'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Money } from '@/components/money'
import { TextLink } from '@/components/text-link'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CheckboxField, Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Quote } from '@/lib/domain/orders'
import { formatMoney, type Minor } from '@/lib/kernel/money'
import type { Asked } from '../asked'
import { SubmitOnTick } from './submit-on-tick'

interface Props {
  quote: Quote
  asked: Asked & { key: string }
  single: boolean
  action: string
  /** Why the coupon that was typed is not used. */
  couponError: string | null
  balanceMinor: Minor | null
  walletMinor: Minor
}

/** Coupon and wallet, then every part of the price on its own line, down to what the payment provider will be asked for. */
export function PriceCard(props: Props) {
  const t = useTranslations('order.checkout')
  return (
    <Card title={t('lines')}>
      <Adjustments {...props} />
      <Breakdown {...props} />
    </Card>
  )
}

/** A GET form: what it asks for stands in the address, and the server works the price out. */
function Adjustments({ quote, asked, single, action, couponError, balanceMinor, walletMinor }: Props) {
  const t = useTranslations('order.checkout')
  const locale = useLocale()
  const most = Math.min(balanceMinor ?? 0, quote.totalMinor)
  return (
    <Form action={action} className="mb-5 grid gap-4 border-b border-line pb-5">
      <input type="hidden" name="key" value={asked.key} />
      {single && <input type="hidden" name="quantity" value={asked.quantity} />}
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-3">
        <Field label={t('coupon')} optional error={couponError}>
          {(aria) => (
            <Input
              key={asked.coupon}
              name="coupon"
              defaultValue={asked.coupon}
              maxLength={40}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              className="font-mono uppercase"
              {...aria}
            />
          )}
        </Field>
        <Button type="submit" variant="secondary" className="mt-[1.875rem]">
          {t('couponApply')}
        </Button>
      </div>
      {quote.coupon && (
        <p className="text-sm text-jade">
          {t('couponTaken', {
            code: quote.coupon.code,
            amount: formatMoney(quote.discountMinor, quote.currency, locale),
          })}
        </p>
      )}
      {balanceMinor !== null && balanceMinor > 0 && (
        <div className="grid gap-2">
          <SubmitOnTick>
            <CheckboxField
              key={String(walletMinor > 0)}
              name="use"
              value="wallet"
              optional
              defaultChecked={walletMinor > 0}
              label={t('walletUse', { balance: formatMoney(balanceMinor, quote.currency, locale) })}
            />
          </SubmitOnTick>
          {walletMinor > 0 && (
            <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3 ps-8">
              <Field
                label={t('walletAmount')}
                hint={t('walletMost', { most: formatMoney(most, quote.currency, locale) })}
              >
                {(aria) => (
                  <Input
                    key={walletMinor}
                    name="amount"
                    inputMode="decimal"
                    defaultValue={(walletMinor / 100).toFixed(2)}
                    maxLength={11}
                    {...aria}
                  />
                )}
              </Field>
              <Button type="submit" variant="secondary">
                {t('update')}
              </Button>
            </div>
          )}
          {walletMinor === 0 && (
            <noscript>
              <Button type="submit" variant="secondary">
                {t('update')}
              </Button>
            </noscript>
          )}
        </div>
      )}
      {balanceMinor === 0 && (
        <p className="text-sm text-ink-soft">
          {t('walletEmpty')} <TextLink href="/account/wallet">{t('walletTopUp')}</TextLink>
        </p>
      )}
    </Form>
  )
}

function Breakdown({ quote, single, walletMinor }: Props) {
  const t = useTranslations('order.checkout')
  const { lines, currency, totalMinor, discountMinor, coupon } = quote
  const goodsMinor = lines.reduce((sum, line) => sum + line.goodsMinor, 0)
  const promoMinor = lines.reduce((sum, line) => sum + line.promoMinor, 0)
  const [only] = lines
  return (
    <>
      <dl className="grid gap-1.5">
        <Row term={t('goods')}>
          {single && only && (
            <span className="me-3 text-sm text-ink-soft">
              <Money minor={only.unitPriceMinor} currency={currency} /> × {only.quantity}
            </span>
          )}
          <Money minor={goodsMinor} currency={currency} />
        </Row>
        {discountMinor > 0 && (
          <Row term={t('discountWith', { code: coupon?.code ?? '' })}>
            <Money minor={-discountMinor} currency={currency} className="text-jade" />
          </Row>
        )}
        {promoMinor > 0 && (
          <Row term={t('promo')} quiet>
            <Money minor={promoMinor} currency={currency} />
          </Row>
        )}
        <Row term={t('fee')}>
          <Money minor={0} currency={currency} />
        </Row>
        <Row term={<span className="font-semibold text-ink">{t('total')}</span>} ruled>
          <Money minor={totalMinor} currency={currency} price className="text-xl" />
        </Row>
        {walletMinor > 0 && (
          <>
            <Row term={t('walletPart')}>
              <Money minor={-walletMinor} currency={currency} />
            </Row>
            <Row term={<span className="font-semibold text-ink">{t('due')}</span>} ruled>
              <Money minor={totalMinor - walletMinor} currency={currency} price className="text-xl" />
            </Row>
          </>
        )}
      </dl>
      <p className="mt-1 text-sm text-ink-soft">
        {t('totalNote')} {t('feeIncluded')}
      </p>
    </>
  )
}

function Row({
  term,
  quiet = false,
  ruled = false,
  children,
}: {
  term: ReactNode
  quiet?: boolean
  ruled?: boolean
  children: ReactNode
}) {
  return (
    <div
      className={`flex items-baseline justify-between gap-4 ${quiet ? 'ps-4 text-sm text-ink-soft' : ''} ${ruled ? 'border-t border-line pt-2' : ''}`}
    >
      <dt className="text-ink-soft">{term}</dt>
      <dd className="text-end tabular-nums">{children}</dd>
    </div>
  )
}
