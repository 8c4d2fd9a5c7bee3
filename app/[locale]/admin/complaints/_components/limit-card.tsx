import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Badge, type Tone } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { LimitState } from '@/lib/infra/prisma/enums'
import type { LimitRow } from '@/lib/queries/admin'
import { Fact, Facts } from '../../../_console/facts'
import { TextLink } from '../../../_console/text-link'
import { CaseStanding } from './case-cells'
import { ConfirmLimitForm, LiftLimitForm } from './limit-forms'

const TONES: Record<LimitState, Tone> = { PROPOSED: 'amber', IN_FORCE: 'danger', LIFTED: 'neutral' }

/** A buyer whose complaints were unfounded again and again: what led to it, and what a person decides. */
export function LimitCard({ limit }: { limit: LimitRow }) {
  const t = useTranslations('adminComplaints.limits')
  const f = useTranslations('failures.name')
  const { state, complaints, until, decidedAt, decidedBy, note } = limit
  return (
    <Card
      title={<span className="break-all">{limit.email}</span>}
      action={<Badge tone={TONES[state]}>{t(`of.${state}`)}</Badge>}
    >
      <Facts>
        <Fact term={t('buyer')}>{t(limit.account ? 'account' : 'guest')}</Fact>
        <Fact term={t('proposedAt')}>
          <DateTime at={limit.proposedAt} />
        </Fact>
        <Fact term={t('record')}>{t('recordOf', { complaints: limit.opened, orders: limit.paidOrders })}</Fact>
        <Fact term={t('because')}>
          <ul className="grid gap-2">
            {complaints.map((one) => (
              <li key={one.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
                <TextLink href={`/admin/complaints/${one.id}`}>{one.number}</TextLink>
                <span>{f(one.failure)}</span>
                <span className="text-ink-soft">{one.merchant}</span>
                <DateTime at={one.openedAt} className="text-sm text-ink-soft" />
                <CaseStanding state={one.state} outcome={one.outcome} />
              </li>
            ))}
          </ul>
        </Fact>
        {decidedAt && (
          <Fact term={t('decided')}>
            <DateTime at={decidedAt} /> {decidedBy && <span className="text-ink-soft">· {decidedBy}</span>}
            {note && <span className="block break-words">{note}</span>}
          </Fact>
        )}
        {state === 'IN_FORCE' && until && (
          <Fact term={t('until')}>
            <DateTime at={until} />
          </Fact>
        )}
      </Facts>
      {state !== 'LIFTED' && (
        <div className="mt-4 grid gap-5 lg:grid-cols-2">
          {state === 'PROPOSED' && <ConfirmLimitForm limitId={limit.id} />}
          <LiftLimitForm limitId={limit.id} state={state} />
        </div>
      )}
    </Card>
  )
}
