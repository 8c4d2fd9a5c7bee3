import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { CopyButton } from '@/components/ui/copy-button'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'
import { CaseBadge } from './case-badge'

interface Props {
  view: CaseView
  back?: { href: string; label: ReactNode } | undefined
  action?: ReactNode
}

/** The h1 of a case's page: its number and state, what is wrong and demanded, whose turn it is, until when, and what silence does. */
export function CaseHeader({ view, back, action }: Props) {
  const t = useTranslations('case')
  const f = useTranslations('failures.name')
  const locale = useLocale()
  const { ball, currency, demand, demandMinor, failure, state, outcome } = view
  const you = ball.who === view.side || (ball.who === 'ARBITRATOR' && view.side === 'STAFF')
  const remedy = t(`remedy.${demand}`)
  const amount = demandMinor === null ? null : formatMoney(demandMinor, currency, locale)
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('header.failure'), f(failure)],
    [t('header.demand'), amount === null ? remedy : t('header.demandOf', { remedy, amount })],
    [t('header.stake'), formatMoney(view.stakeMinor, currency, locale)],
    ...(outcome ? [[t('header.outcome'), t(`outcome.${outcome}`)] as const] : []),
    ...(view.closedAt
      ? [[t('header.closed'), <DateTime key="closed" at={view.closedAt} style="second" />] as const]
      : []),
  ]
  return (
    <div>
      <PageHeader title={<Title view={view} />} back={back} action={action} />
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <dl className="grid gap-x-6 gap-y-3 p-4 text-[0.9375rem] sm:grid-cols-3 sm:px-5">
          {facts.map(([term, value]) => (
            <div key={term} className="min-w-0">
              <dt className="text-sm text-ink-soft">{term}</dt>
              <dd className="font-medium">{value}</dd>
            </div>
          ))}
        </dl>
        {state !== 'CLOSED' && (
          <div
            className="grid gap-1 border-t border-line bg-sunken px-4 py-3 text-[0.9375rem] sm:px-5"
            data-case-ball={ball.who}
          >
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="text-sm text-ink-soft">{t('header.ball')}</span>
              <b className="font-semibold">{t(you ? 'ball.you' : `ball.${ball.who}`)}</b>
              <span>{t(`turn.${state}`)}</span>
            </p>
            {ball.dueAt && (
              <p className="flex flex-wrap items-baseline gap-x-2.5">
                <span className="text-sm text-ink-soft">{t('header.by')}</span>
                <DateTime at={ball.dueAt} />
                <Countdown to={ball.dueAt} />
              </p>
            )}
            {ball.onSilence && <p className="text-ink-soft">{t(`silence.${ball.onSilence}`)}</p>}
            {escalates(view) && (
              <p className="flex flex-wrap items-baseline gap-x-2.5 text-ink-soft">
                {t('header.escalate')} <DateTime at={view.escalateAt} />
              </p>
            )}
            {ball.target && (
              <p className="flex flex-wrap items-baseline gap-x-2.5 text-ink-soft">
                {t('header.target')} <DateTime at={ball.target} />
              </p>
            )}
          </div>
        )}
      </div>
      {view.limited && state === 'OPEN' && <p className="mt-2 text-sm text-ink-soft">{t('header.limited')}</p>}
      {view.afterRelease && state !== 'CLOSED' && (
        <p className="mt-2 text-sm text-ink-soft">{t('header.afterRelease')}</p>
      )}
    </div>
  )
}

/** Whether its second clock, that of the arbitration, says anything that the first does not. */
function escalates({ state, dueAt, escalateAt, escalatedAt }: CaseView): boolean {
  const before = state === 'OPEN' || state === 'OFFERED' || (state === 'ASKED' && escalatedAt === null)
  return before && dueAt !== null && escalateAt > dueAt
}

function Title({ view }: { view: CaseView }) {
  const t = useTranslations('case')
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <span>
        <span className="block text-sm font-normal text-ink-soft">{t('number')}</span>
        <span className="font-mono text-xl break-all sm:text-2xl">{view.number}</span>
      </span>
      <CopyButton text={view.number} what={t('copy')} iconOnly variant="quiet" />
      <CaseBadge state={view.state} />
    </span>
  )
}
