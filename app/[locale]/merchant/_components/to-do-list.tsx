import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Badge, type Tone } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { MerchantStart } from '@/lib/queries/merchant'
import { offerName } from '../../_console/local'

/** What waits for the merchant, the most urgent first: money, then stock, drafts; then what runs by itself. */
export function ToDoList({ start, locale }: { start: MerchantStart; locale: string }) {
  const t = useTranslations('merchant.start')
  const d = useTranslations('delivery.merchant')
  const x = useTranslations('claims.start')
  const { topUps, topUpCount, watch, balances } = start
  // Nobody needs an account before there is something to be paid out.
  const noAccount = !watch.accountReady && balances.pendingMinor + balances.availableMinor + watch.heldMinor > 0
  const quiet =
    watch.awaited +
      watch.drafts +
      watch.inspecting +
      watch.refunding +
      watch.frozen +
      watch.complaints +
      watch.running ===
    0
  if (quiet && watch.expired + watch.expiring === 0 && topUps.length === 0 && !watch.failedPayout && !noAccount) {
    return (
      <EmptyState icon={<CircleCheck />} title={t('nothing')}>
        {t('nothingText')}
      </EmptyState>
    )
  }
  return (
    <ul className="border-t border-line">
      {watch.complaints > 0 && (
        <Item tone="danger" label={x('label')} href="/merchant/complaints?view=mine" action={x('answer')}>
          {x('text', { count: watch.complaints })}
          {watch.replyBy && (
            <span className="block text-sm text-ink-soft">
              {x('first')} <Countdown to={watch.replyBy} />
            </span>
          )}
        </Item>
      )}
      {watch.failedPayout && (
        <Item tone="danger" label={t('payoutFailed')} href="/merchant/payouts" action={t('look')}>
          {t.rich('payoutFailedText', {
            amount: () => <Money minor={watch.failedPayout?.amountMinor ?? 0} />,
            at: () => <DateTime at={watch.failedPayout?.at ?? ''} />,
          })}
        </Item>
      )}
      {watch.awaited > 0 && (
        <Item tone="danger" label={d('todo')} href="/merchant/orders?status=AWAITING_DELIVERY" action={d('deliver')}>
          {d('todoText', { count: watch.awaited })}
          {watch.deliverBy && (
            <span className="block text-sm text-ink-soft">
              {d('todoFirst')} <Countdown to={watch.deliverBy} />
            </span>
          )}
        </Item>
      )}
      {watch.frozen > 0 && (
        <Item tone="danger" label={t('disputed')} href="/merchant/orders?frozen=yes" action={t('look')}>
          {t('disputedText', { count: watch.frozen })}
        </Item>
      )}
      {noAccount && (
        <Item tone="amber" label={t('noAccount')} href="/merchant/payouts" action={t('finishAccount')}>
          {t('noAccountText')}
        </Item>
      )}
      {topUps.map((variant) => (
        <Item
          key={variant.variantId}
          tone={variant.left === 0 ? 'danger' : 'amber'}
          label={variant.left === 0 ? t('soldOut') : t('left', { count: variant.left })}
          href={`/merchant/stock/${variant.variantId}`}
          action={t('topUp')}
        >
          {offerName(locale, variant)}
        </Item>
      ))}
      {topUpCount > topUps.length && (
        <Item tone="amber" label={t('moreLow')} href="/merchant/stock?stock=low" action={t('seeAll')}>
          {t('moreLowText', { count: topUpCount - topUps.length })}
        </Item>
      )}
      {watch.expired > 0 && (
        <Item tone="danger" label={t('expired')} href="/merchant/stock/desk?expiry=expired" action={t('look')}>
          {t('expiredText', { count: watch.expired })}
        </Item>
      )}
      {watch.expiring > 0 && (
        <Item tone="amber" label={t('expiring')} href="/merchant/stock/desk?expiry=in-7-days" action={t('look')}>
          {t('expiringText', { count: watch.expiring })}
        </Item>
      )}
      {watch.drafts > 0 && (
        <Item tone="amber" label={t('draft')} href="/merchant/products?status=DRAFT" action={t('finish')}>
          {t('drafts', { count: watch.drafts })}
        </Item>
      )}
      {watch.refunding > 0 && (
        <Item tone="neutral" label={t('runs')} href="/merchant/orders?status=REFUNDED" action={t('look')}>
          {t('refunding', { count: watch.refunding })}
        </Item>
      )}
      {watch.running > 0 && (
        <Item tone="neutral" label={x('running')} href="/merchant/complaints?view=running" action={x('look')}>
          {x('runningText', { count: watch.running })}
        </Item>
      )}
      {watch.inspecting > 0 && (
        <Item tone="info" label={t('watch')} href="/merchant/orders?status=DELIVERED" action={t('look')}>
          {t('inspecting', { count: watch.inspecting, unseen: watch.unseen })}
          {watch.nextReleaseAt && (
            <span className="block text-sm text-ink-soft">
              {t('nextRelease')} <Countdown to={watch.nextReleaseAt} />
            </span>
          )}
        </Item>
      )}
    </ul>
  )
}

function Item({
  tone,
  label,
  href,
  action,
  children,
}: {
  tone: Tone
  label: string
  href: string
  action: string
  children: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0 sm:flex-nowrap sm:px-5">
      <span className="sm:w-24 sm:shrink-0">
        <Badge tone={tone}>{label}</Badge>
      </span>
      <span className="min-w-0 grow basis-full sm:basis-auto">{children}</span>
      <ButtonLink href={href} variant="secondary" size="sm" className="shrink-0">
        {action}
      </ButtonLink>
    </li>
  )
}
