import { useLocale, useTranslations } from 'next-intl'
import { Countdown } from '@/components/countdown'
import { ActionForm } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatMoney } from '@/lib/kernel/money'
import type { OrderPage } from '@/lib/queries/order'
import { cancelAction, payAction } from '../actions'

/** Why somebody comes here: the provider was down, refused the amount, or its page sent him back. */
export type CameFrom = 'later' | 'refused' | 'returned'

const NOTICES = {
  later: { kind: 'warn', title: 'down', body: 'downBody' },
  refused: { kind: 'warn', title: 'refused', body: 'refusedBody' },
  returned: { kind: 'info', title: 'returned', body: 'returnedBody' },
} as const

interface Props {
  order: OrderPage
  now: Date
  asked: CameFrom | null
}

/**
 * Waiting for the payment of the checkout, all its orders at once: the clock, the way to pay, the way out. Without
 * JavaScript the page reloads itself.
 */
export function PaymentPanel({ order, now, asked }: Props) {
  const t = useTranslations('order.pay')
  const locale = useLocale()
  const { checkoutDueMinor, checkoutTotalMinor, currency, dueAt, number, siblings } = order
  const count = siblings.length + 1
  const due = formatMoney(checkoutDueMinor, currency, locale)
  const wallet =
    checkoutTotalMinor > checkoutDueMinor ? formatMoney(checkoutTotalMinor - checkoutDueMinor, currency, locale) : null
  const closing = !dueAt || dueAt <= now
  const notice = asked && NOTICES[asked]
  return (
    <Card title={t(closing ? 'closing' : 'title')} action={!closing && <Countdown to={dueAt} />}>
      <noscript>
        <meta httpEquiv="refresh" content="10" />
      </noscript>
      <div className="grid gap-4">
        {!closing && notice && (
          <Notice kind={notice.kind} title={t(notice.title)}>
            {t(notice.body)}
          </Notice>
        )}
        <div className="grid gap-1 text-ink-soft">
          {count > 1 && <p className="font-medium text-ink">{t('many', { count })}</p>}
          {!closing && wallet !== null && <p>{t('wallet', { wallet, due })}</p>}
          <p>{t(closing ? 'closingBody' : 'body')}</p>
        </div>
        {!closing && (
          <div className="flex flex-wrap gap-3">
            <ActionForm action={payAction} className="grid grow gap-3 sm:grow-0">
              <input type="hidden" name="number" value={number} />
              <SubmitButton size="lg" wide>
                {t(asked === null ? 'action' : 'again', { total: due })}
              </SubmitButton>
            </ActionForm>
            <ActionForm action={cancelAction} className="grid gap-3">
              <input type="hidden" name="number" value={number} />
              <ConfirmSubmit
                size="lg"
                label={t('cancel')}
                question={count > 1 ? t('cancelMany', { count }) : t('cancelQuestion', { number })}
                confirm={t('cancelConfirm')}
              >
                {t(count > 1 ? 'cancelManyBody' : 'cancelBody')}
                {wallet !== null && ` ${t('cancelWallet', { wallet })}`}
              </ConfirmSubmit>
            </ActionForm>
          </div>
        )}
      </div>
    </Card>
  )
}
