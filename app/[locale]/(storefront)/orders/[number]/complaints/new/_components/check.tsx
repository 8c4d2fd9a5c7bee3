import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TextLink } from '@/components/text-link'
import { ActionForm } from '@/components/ui/action-form'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { FAILURE_STANDARD } from '@/lib/domain/complaints'
import { formatMoney } from '@/lib/kernel/money'
import type { Opening } from '@/lib/queries/case'
import { openComplaintAction } from '../actions'
import type { Complete, Step } from '../steps'

/** Everything that was answered, what happens after sending in this order's own numbers, and the button that sends it. */
export function Check({ order, answers }: { order: Opening; answers: Complete }) {
  const t = useTranslations('complain')
  const f = useTranslations('failures.name')
  const c = useTranslations('case')
  const locale = useLocale()
  const { cdkIds, demand, demandMinor, failure, statement } = answers
  const positions = order.cdks.filter(({ id }) => cdkIds.includes(id)).map(({ position }) => position)
  const path = `/orders/${order.number}/complaints/new`
  const amount = demandMinor === null ? '' : ` ${formatMoney(demandMinor, order.currency, locale)}`
  const facts: readonly (readonly [string, ReactNode, Step])[] = [
    [
      t('check.which'),
      positions.length === 0
        ? t('check.whichCharge')
        : positions.map((index) => t('cdks.one', { index })).join(locale === 'en' ? ', ' : '、'),
      'cdks',
    ],
    [t('check.what'), f(failure), 'failure'],
    [
      t('check.story'),
      <span key="story" className="whitespace-pre-wrap">
        {statement}
      </span>,
      'story',
    ],
    [t('check.demand'), `${c(`remedy.${demand}`)}${amount}`, 'demand'],
  ]
  return (
    <Card title={t('check.title')}>
      <dl className="grid gap-3">
        {facts.map(([term, value, step]) => (
          <div key={step} className="grid gap-x-4 border-b border-line pb-3 sm:grid-cols-[6rem_1fr_auto]">
            <dt className="text-ink-soft">{term}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
            <dd>
              <TextLink href={`${path}?step=${step}`} aria-label={`${t('check.change')}: ${term}`}>
                {t('check.change')}
              </TextLink>
            </dd>
          </div>
        ))}
      </dl>
      <WhatNext order={order} answers={answers} />
      <ActionForm action={openComplaintAction} failed={t('notSent')} className="mt-5 grid gap-3">
        <input type="hidden" name="number" value={order.number} />
        <div className="flex flex-wrap gap-3">
          <SubmitButton size="lg">{t('check.submit')}</SubmitButton>
          <ButtonLink href={`${path}?step=demand`} variant="secondary" size="lg">
            {t('prev')}
          </ButtonLink>
        </div>
      </ActionForm>
    </Card>
  )
}

function WhatNext({ order, answers: { failure } }: { order: Opening; answers: Complete }) {
  const t = useTranslations('complain.check')
  const { rules } = order.snapshot
  const { about, recordsDecide } = FAILURE_STANDARD[failure]
  return (
    <section className="mt-5">
      <h3 className="font-semibold">{t('next')}</h3>
      <ol className="mt-2 grid list-decimal gap-1.5 ps-5 text-[0.9375rem]">
        <li>{t('pause')}</li>
        {recordsDecide && <li>{t('records')}</li>}
        {about === 'CHARGE' ? (
          <li>{t('charge')}</li>
        ) : (
          <>
            <li>{t('reply', { hours: rules.merchantReplyHours })}</li>
            <li>{t('evidence', { hours: rules.buyerEvidenceHours })}</li>
            <li>{t('escalate', { hours: rules.escalationHours })}</li>
          </>
        )}
        <li>{t('arbitration', { hours: rules.arbitrationHours, days: rules.arbitrationRefundDays })}</li>
        <li>{t('appeal', { days: rules.appealDays })}</li>
      </ol>
      <p className="mt-2 text-[0.9375rem] text-ink-soft">{t('limited')}</p>
    </section>
  )
}
