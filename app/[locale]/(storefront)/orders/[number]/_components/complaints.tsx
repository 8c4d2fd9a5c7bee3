import { useTranslations } from 'next-intl'
import { CaseBadge } from '@/components/case/case-badge'
import { DateTime } from '@/components/date-time'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Link } from '@/i18n/navigation'
import { claimableUntil } from '@/lib/domain/complaints'
import type { OrderPage } from '@/lib/queries/order'

/** The order's complaints, those that are open with their clock; after the release the way to open one, as long as there is. */
export function Complaints({ order, now }: { order: OrderPage; now: Date }) {
  const t = useTranslations('complain')
  const c = useTranslations('case')
  const f = useTranslations('failures.name')
  const { complaints, number } = order
  return (
    <>
      {complaints.length > 0 && (
        <Card title={t('order.title')} flush id="complaints">
          <ul className="mt-3 divide-y divide-line border-t border-line">
            {complaints.map(({ number: caseNumber, failure, state, outcome, dueAt }) => (
              <li
                key={caseNumber}
                className="relative flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken sm:px-5"
              >
                <Link
                  href={`/orders/${number}/complaints/${caseNumber}`}
                  className="min-w-0 font-medium after:absolute after:inset-0"
                >
                  {f(failure)}
                  <span className="block font-mono text-sm font-normal text-ink-soft">{caseNumber}</span>
                </Link>
                <span className="flex flex-wrap items-center gap-3 text-sm text-ink-soft">
                  {outcome ? c(`outcome.${outcome}`) : dueAt && <DateTime at={dueAt} />}
                  <CaseBadge state={state} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <AfterRelease order={order} now={now} />
    </>
  )
}

function AfterRelease({ order, now }: { order: OrderPage; now: Date }) {
  const t = useTranslations('complain.order')
  const { closedAt, frozenAt, number, snapshot, status } = order
  if (status !== 'CONFIRMED' || !closedAt || frozenAt) return null
  const until = claimableUntil(closedAt, 'INVALID', snapshot.rules)
  const fraud = claimableUntil(closedAt, 'ALREADY_USED', snapshot.rules)
  if (fraud <= now) return null
  return (
    <Card title={t('late')}>
      <p className="text-ink-soft">
        {t.rich('lateBody', { at: () => <DateTime at={until} />, fraud: () => <DateTime at={fraud} /> })}
      </p>
      <p className="mt-3">
        <ButtonLink href={`/orders/${number}/complaints/new`} variant="secondary">
          {t('open')}
        </ButtonLink>
      </p>
    </Card>
  )
}
