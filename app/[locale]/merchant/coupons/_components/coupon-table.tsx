import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { ActionForm } from '@/components/ui/action-form'
import { Badge, type Tone } from '@/components/ui/badge'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { CopyButton } from '@/components/ui/copy-button'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { formatMoney } from '@/lib/kernel/money'
import type { MerchantCoupon } from '@/lib/queries/merchant'
import { setCouponActiveAction } from '../actions'

const TONES: Record<MerchantCoupon['state'], Tone> = {
  RUNNING: 'jade',
  COMING: 'info',
  ENDED: 'neutral',
  USED_UP: 'amber',
  OFF: 'neutral',
}

/** The merchant's coupons: terms, span, uses, and the switch. */
export function CouponTable({ coupons }: { coupons: readonly MerchantCoupon[] }) {
  const t = useTranslations('merchant.coupons')
  const c = useTranslations('console.column')
  return (
    <Table caption={t('title')}>
      <Thead>
        <Th>{t('code')}</Th>
        <Th>{t('terms')}</Th>
        <Th>{t('span')}</Th>
        <Th>{t('uses')}</Th>
        <Th>{c('status')}</Th>
        <Th>{c('action')}</Th>
      </Thead>
      <Tbody>
        {coupons.map((coupon) => (
          <Tr key={coupon.id}>
            <Td>
              <span className="inline-flex items-center gap-0.5">
                <span className="font-mono font-medium break-all">{coupon.code}</span>
                <CopyButton text={coupon.code} what={t('code')} variant="quiet" iconOnly />
              </span>
            </Td>
            <Td label={t('terms')}>
              <TermsText coupon={coupon} />
            </Td>
            <Td label={t('span')}>
              <span className="block">
                <DateTime at={coupon.startsAt} />
                <span className="block">
                  {coupon.endsAt ? t.rich('until', { at: () => <DateTime at={coupon.endsAt ?? ''} /> }) : t('noEnd')}
                </span>
              </span>
            </Td>
            <Td label={t('uses')}>
              <UsesText coupon={coupon} />
            </Td>
            <Td label={c('status')}>
              <Badge tone={TONES[coupon.state]}>{t(`state.${coupon.state}`)}</Badge>
            </Td>
            <Td label={c('action')}>
              <Switch coupon={coupon} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

function TermsText({ coupon }: { coupon: MerchantCoupon }) {
  const t = useTranslations('merchant.coupons')
  const [format, locale] = [useFormatter(), useLocale()]
  const money = (minor: number) => formatMoney(minor, coupon.currency, locale)
  const { percentBps, amountMinor, mostMinor, minimumMinor, perBuyerLimit } = coupon
  const percent = format.number((percentBps ?? 0) / 10_000, { style: 'percent', maximumFractionDigits: 2 })
  return (
    <span className="block">
      {coupon.kind === 'PERCENT' ? t('percentOff', { percent }) : t('amountOff', { amount: money(amountMinor ?? 0) })}
      <span className="block text-sm text-ink-soft">
        {mostMinor !== null && <span className="block">{t('atMost', { amount: money(mostMinor) })}</span>}
        {minimumMinor > 0 && <span className="block">{t('from', { amount: money(minimumMinor) })}</span>}
        {perBuyerLimit !== null && <span className="block">{t('perBuyer', { count: perBuyerLimit })}</span>}
      </span>
    </span>
  )
}

function UsesText({
  coupon: { usedCount, paidCount, totalLimit, discountMinor, currency },
}: {
  coupon: MerchantCoupon
}) {
  const t = useTranslations('merchant.coupons')
  return (
    <span className="block tabular-nums">
      {totalLimit === null ? t('used', { count: paidCount }) : t('usedOf', { count: paidCount, most: totalLimit })}
      <span className="block text-sm text-ink-soft">
        {usedCount > paidCount && <span className="block">{t('waiting', { count: usedCount - paidCount })}</span>}
        {discountMinor > 0 && t.rich('given', { amount: () => <Money minor={discountMinor} currency={currency} /> })}
      </span>
    </span>
  )
}

function Switch({ coupon }: { coupon: MerchantCoupon }) {
  const t = useTranslations('merchant.coupons')
  return (
    <ActionForm action={setCouponActiveAction}>
      <input type="hidden" name="couponId" value={coupon.id} />
      <input type="hidden" name="active" value={coupon.active ? 'no' : 'yes'} />
      {coupon.active ? (
        <ConfirmSubmit
          label={t('stop')}
          question={t('stopQuestion', { code: coupon.code })}
          confirm={t('stop')}
          size="sm"
        >
          {t('stopText')}
        </ConfirmSubmit>
      ) : (
        <SubmitButton variant="secondary" size="sm">
          {t('start')}
        </SubmitButton>
      )}
    </ActionForm>
  )
}
