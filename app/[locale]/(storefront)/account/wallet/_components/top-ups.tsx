import { useLocale, useTranslations } from 'next-intl'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatMoney } from '@/lib/kernel/money'
import type { TopUp } from '@/lib/queries/order'
import { payTopUpAction } from '../actions'

/** The latest top-ups with how far they have come, and the way on for one that waits. */
export function TopUps({ topUps, now }: { topUps: readonly TopUp[]; now: Date }) {
  const t = useTranslations('order')
  const locale = useLocale()
  if (topUps.length === 0) return null
  return (
    <Card title={t('wallet.latest')} flush>
      <ul className="divide-y divide-line border-t border-line">
        {topUps.map((topUp) => {
          const { id, amountMinor, currency, createdAt, expiresAt, paid, refunds } = topUp
          const open = !paid && expiresAt > now
          return (
            <li key={id} className="grid gap-1 px-4 py-3 sm:px-5">
              <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <span className="font-semibold tabular-nums">{formatMoney(amountMinor, currency, locale)}</span>
                <Badge tone={paid ? 'jade' : open ? 'amber' : 'neutral'}>
                  {t(paid ? 'wallet.paid' : open ? 'wallet.waiting' : 'wallet.closed')}
                </Badge>
              </span>
              <span className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
                <DateTime at={createdAt} />
                {open && <Countdown to={expiresAt} />}
                {!open && !paid && <span>{t('wallet.closedHint')}</span>}
              </span>
              {refunds.map((refund) => (
                <span key={refund.id} className="text-sm">
                  {t('wallet.refund', {
                    amount: formatMoney(refund.amountMinor, refund.currency, locale),
                    status: t(`refunds.status.${refund.status}`),
                  })}
                </span>
              ))}
              {open && (
                <ActionForm action={payTopUpAction} failed={t('wallet.payFailed')} className="mt-1 grid gap-2">
                  <input type="hidden" name="topUp" value={id} />
                  <SubmitButton size="sm" variant="secondary" className="justify-self-start">
                    {t('wallet.pay')}
                  </SubmitButton>
                </ActionForm>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
