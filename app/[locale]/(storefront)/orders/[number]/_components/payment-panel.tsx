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

interface Props {
  order: OrderPage
  now: Date
  /** Came here because the provider was down, or back from its page. */
  asked: 'later' | 'returned' | null
}

/** Waiting for the payment: the clock, the way to pay, the way out. Without JavaScript the page reloads itself. */
export function PaymentPanel({ order, now, asked }: Props) {
  const t = useTranslations('order.pay')
  const total = formatMoney(order.totalMinor, order.currency, useLocale())
  const closing = !order.dueAt || order.dueAt <= now
  return (
    <Card title={t(closing ? 'closing' : 'title')} action={!closing && order.dueAt && <Countdown to={order.dueAt} />}>
      <noscript>
        <meta httpEquiv="refresh" content="10" />
      </noscript>
      <div className="grid gap-4">
        {!closing && asked === 'later' && (
          <Notice kind="warn" title={t('down')}>
            {t('downBody')}
          </Notice>
        )}
        {!closing && asked === 'returned' && (
          <Notice kind="info" title={t('returned')}>
            {t('returnedBody')}
          </Notice>
        )}
        <p className="text-ink-soft">{t(closing ? 'closingBody' : 'body')}</p>
        {!closing && (
          <div className="flex flex-wrap gap-3">
            <ActionForm action={payAction} className="grid grow gap-3 sm:grow-0">
              <input type="hidden" name="number" value={order.number} />
              <SubmitButton size="lg" wide>
                {t(asked === null ? 'action' : 'again', { total })}
              </SubmitButton>
            </ActionForm>
            <ActionForm action={cancelAction} className="grid gap-3">
              <input type="hidden" name="number" value={order.number} />
              <ConfirmSubmit
                size="lg"
                label={t('cancel')}
                question={t('cancelQuestion', { number: order.number })}
                confirm={t('cancelConfirm')}
              >
                {t('cancelBody')}
              </ConfirmSubmit>
            </ActionForm>
          </div>
        )}
      </div>
    </Card>
  )
}
