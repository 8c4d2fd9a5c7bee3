import { useTranslations } from 'next-intl'
import { CaseBadge } from '@/components/case/case-badge'
import type { Failure } from '@/lib/domain/complaints'
import type { ComplaintOutcome, ComplaintState } from '@/lib/infra/prisma/enums'

/** Where a case stands and, once it ended, how. */
export function CaseStanding({ state, outcome }: { state: ComplaintState; outcome: ComplaintOutcome | null }) {
  const t = useTranslations('case.outcome')
  return (
    <span className="inline-grid justify-items-start gap-0.5">
      <CaseBadge state={state} />
      {outcome && <span className="text-sm text-ink-soft">{t(outcome)}</span>}
    </span>
  )
}

/** What is wrong, and whose it is. */
export function WhatAndWho({ failure, merchant }: { failure: Failure; merchant: string }) {
  const t = useTranslations('failures.name')
  return (
    <>
      {t(failure)} <span className="block text-sm text-ink-soft">{merchant}</span>
    </>
  )
}
