import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { formatMoney } from '@/lib/kernel/money'
import type { OrderPage } from '@/lib/queries/order'
import { confirmAction } from '../actions'

/** Two equal answers: it works (asks once, names what it releases), or there is a problem. */
export function Decision({ order }: { order: OrderPage }) {
  const t = useTranslations('order')
  const amount = formatMoney(order.money.heldMinor, order.currency, useLocale())
  const { merchant } = order.snapshot
  return (
    <>
      <Card title={t('decide.title')}>
        <ActionForm action={confirmAction} failed={t('decide.failed')} className="grid gap-3">
          <input type="hidden" name="number" value={order.number} />
          <div className="grid gap-3 sm:grid-cols-2">
            <ConfirmSubmit
              size="lg"
              wide
              danger={false}
              label={t('decide.confirm')}
              question={t('decide.question', { amount })}
              confirm={t('decide.confirmAction')}
            >
              {t('decide.body', { amount, merchant: merchant.name })}
            </ConfirmSubmit>
            <a href="#problem" className={buttonClass({ variant: 'secondary', size: 'lg', wide: true })}>
              {t('decide.problem')}
            </a>
          </div>
        </ActionForm>
      </Card>
      <Card title={t('problem.title')} id="problem" className="scroll-mt-4 target:border-amber-line">
        <ul className="grid list-disc gap-2 ps-5">
          <li>{t.rich('problem.held', { amount, at: () => (order.dueAt ? <DateTime at={order.dueAt} /> : null) })}</li>
          <li>{t('problem.dont')}</li>
          <li>{t('problem.contact')}</li>
          <li>{t('problem.merchantRefund')}</li>
        </ul>
        <p className="mt-4 flex flex-wrap items-center gap-3">
          <a
            href={`mailto:${order.contactEmail}?subject=${encodeURIComponent(t('problem.mailSubject', { number: order.number }))}`}
            className={buttonClass({ variant: 'secondary' })}
          >
            {t('problem.mail')}
          </a>
          <span className="break-all text-ink-soft">{order.contactEmail}</span>
        </p>
        <p className="mt-3 text-sm text-ink-soft">{t('problem.coming')}</p>
      </Card>
    </>
  )
}
