import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { Countdown } from '@/components/countdown'
import { clientWords } from '@/components/client-messages'
import { DateTime } from '@/components/date-time'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { freeToDecline, latePenaltyOf } from '@/lib/domain/orders'
import { formatMoney } from '@/lib/kernel/money'
import { HOUR_MS, after } from '@/lib/kernel/time'
import type { MerchantOrder } from '@/lib/queries/merchant'
import { declineOrderAction } from '../actions'
import { DeliverForm } from './deliver-form'

/** A paid order that waits for the merchant's hand: until when, what it costs to be late, the codes, and the other way out. */
export async function DeliverCard({ order, now }: { order: MerchantOrder; now: Date }) {
  const [d, t, all] = [await getTranslations('delivery'), await getTranslations('delivery.card'), await getMessages()]
  const { dueAt, frozenAt, quantity } = order
  const locale = await getLocale()
  const minor = latePenaltyOf(order.totalMinor, order.snapshot.rules.lateDeliveryPenaltyBps)
  const penalty = d('penaltyFromDeposit', { amount: formatMoney(minor, order.currency, locale) })
  if (frozenAt || !dueAt) return <Card title={t('title')}>{t('frozen')}</Card>
  return (
    <Card title={t('title')} id="deliver" className="scroll-mt-4">
      <p className="mb-3 flex flex-wrap items-baseline gap-x-3">
        <span className="text-ink-soft">{t('left')}</span>
        <Countdown to={dueAt} className="text-xl font-semibold whitespace-nowrap text-amber tabular-nums" />
        <span className="text-sm text-ink-soft">
          {d('merchant.deliverBy')} <DateTime at={dueAt} />
        </span>
      </p>
      <p className="mb-5 max-w-prose text-ink-soft">{t('promise', { count: quantity, penalty })}</p>
      <NextIntlClientProvider messages={{ ...clientWords(all), delivery: { card: all.delivery.card } }}>
        <DeliverForm orderId={order.id} quantity={quantity} />
      </NextIntlClientProvider>
      <Decline order={order} penalty={penalty} now={now} />
    </Card>
  )
}

async function Decline({ order, penalty, now }: { order: MerchantOrder; penalty: string; now: Date }) {
  const t = await getTranslations('delivery.decline')
  const { id, dueAt, totalMinor, refundedMinor, currency } = order
  const promisedHours = order.snapshot.delivery.hours ?? 0
  const freeUntil = dueAt && after(dueAt, -(promisedHours * HOUR_MS) / 2)
  const amount = formatMoney(totalMinor - refundedMinor, currency, await getLocale())
  return (
    <section className="mt-6 border-t border-line pt-5" aria-labelledby="decline">
      <h3 id="decline" className="text-base">
        {t('title')}
      </h3>
      <p className="mt-1 mb-3 max-w-prose text-ink-soft">
        {freeUntil && freeToDecline({ dueAt, promisedHours }, now)
          ? t.rich('free', { until: () => <DateTime at={freeUntil} /> })
          : t('penalty', { penalty })}
      </p>
      <ActionForm action={declineOrderAction} failed={t('failed')} className="grid max-w-2xl justify-items-start gap-4">
        <input type="hidden" name="orderId" value={id} />
        <div className="w-full">
          <FormText name="note" label={t('note')} maxLength={500} required={false} />
        </div>
        <ConfirmSubmit label={t('label')} question={t('question')} confirm={t('confirm')}>
          {t('consequence', { amount })}
        </ConfirmSubmit>
      </ActionForm>
    </section>
  )
}
