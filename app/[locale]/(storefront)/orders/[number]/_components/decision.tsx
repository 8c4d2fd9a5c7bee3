import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { ButtonLink, buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { formatMoney } from '@/lib/kernel/money'
import type { OrderPage } from '@/lib/queries/order'
import { confirmAction } from '../actions'

/** Two equal answers: it works (asks once, names what it releases; not while a complaint is open), or something is wrong. */
export function Decision({ order }: { order: OrderPage }) {
  const t = useTranslations('order')
  const c = useTranslations('complain.order')
  const amount = formatMoney(order.money.heldMinor, order.currency, useLocale())
  const { merchant } = order.snapshot
  const problem = (
    <ButtonLink href={`/orders/${order.number}/complaints/new`} variant="secondary" size="lg" wide>
      {c('open')}
    </ButtonLink>
  )
  return (
    <>
      <Card title={t('decide.title')}>
        {order.complainedAt ? (
          <div className="grid gap-3">
            <p className="text-ink-soft">{c('paused')}</p>
            {order.cdks.some((cdk) => !cdk.refunded && !cdk.replaced && !cdk.complained) && problem}
          </div>
        ) : (
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
              {problem}
            </div>
          </ActionForm>
        )}
      </Card>
      {!order.complainedAt && (
        <Card title={c('before.title')} id="problem" className="scroll-mt-4 target:border-amber-line">
          <ul className="grid list-disc gap-2 ps-5">
            <li>{c('before.held', { amount })}</li>
            <li>{c('before.steps')}</li>
            <li>{c('before.contact')}</li>
          </ul>
          <p className="mt-4 flex flex-wrap items-center gap-3">
            <a
              href={`mailto:${order.contactEmail}?subject=${encodeURIComponent(c('before.mailSubject', { number: order.number }))}`}
              className={buttonClass({ variant: 'secondary' })}
            >
              {c('before.mail')}
            </a>
            <span className="break-all text-ink-soft">{order.contactEmail}</span>
          </p>
        </Card>
      )}
    </>
  )
}
