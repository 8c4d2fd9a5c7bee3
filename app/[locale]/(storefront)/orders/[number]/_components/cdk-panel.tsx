'use client'

import { Download, Eye } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useActionState, useState, type ReactNode } from 'react'
import { CdkCode } from '@/components/cdk-code'
import { DateTime } from '@/components/date-time'
import { Badge } from '@/components/ui/badge'
import { ButtonLink, buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { CheckboxField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import type { OpenedCdk } from '@/lib/domain/stock'
import type { OrderCdk } from '@/lib/queries/order'
import { IDLE } from '@/lib/web/action-state'
import type { FormAction } from '@/lib/web/action'

type MaskedOrderCdk = Omit<OrderCdk, 'chain'>

interface Props {
  number: string
  cdks: readonly MaskedOrderCdk[]
  action: FormAction<OpenedCdk[]>
  mask: ReactNode
  /** A dispute keeps the codes closed. */
  frozen: boolean
  /** Asked before the first look; absent afterwards. */
  before?: string
  /** Whether a complaint can be opened about one of them. */
  claimable: boolean
}

/** Masked cards, consent once, one or all at a time. The codes live in this component's memory only. */
export function CdkPanel({ number, cdks, action, mask, frozen, before, claimable }: Props) {
  const t = useTranslations('order.reveal')
  const locale = useLocale()
  const [state, submit] = useActionState(action, IDLE)
  const opened = useOpened(state.status === 'done' ? state.data : null)
  const live = cdks.filter(({ refunded, replaced, inFrozenBatch }) => !refunded && !inFrozenBatch && !replaced)
  const codes = live.flatMap(({ id }) => opened.get(id)?.code ?? [])
  const refused = state.status === 'refused' ? state : null
  return (
    <div className="grid gap-4">
      <form action={submit} className="grid gap-4">
        {refused && (
          <Notice kind="danger" live title={t('failed')}>
            {refused.message}
          </Notice>
        )}
        <input type="hidden" name="number" value={number} />
        {frozen && <p className="font-medium text-amber">{t('frozen')}</p>}
        {before && !frozen && live.length > 0 ? (
          <div className="grid gap-1">
            <p className="text-ink-soft">{before}</p>
            <CheckboxField name="consent" value="yes" label={t('consent')} error={refused?.fields?.['consent']} />
          </div>
        ) : (
          <input type="hidden" name="consent" value="yes" />
        )}
        {!frozen && live.length > 1 && codes.length < live.length && (
          <SubmitButton variant="primary" className="justify-self-start">
            <Eye aria-hidden />
            {t('all')}
          </SubmitButton>
        )}
        <ol className="grid gap-3" aria-live="polite">
          {cdks.map((cdk, index) => (
            <CdkCard
              key={cdk.id}
              cdk={cdk}
              index={index + 1}
              opened={opened.get(cdk.id)}
              mask={mask}
              only={cdks.length === 1}
              frozen={frozen}
              problem={claimable ? `/orders/${number}/complaints/new?cdk=${cdk.id}` : null}
            />
          ))}
        </ol>
      </form>
      <div className="flex flex-wrap gap-3">
        {live.length > 1 && codes.length === live.length && (
          <CopyButton text={codes.join('\n')} what={t('copyAll')} size="md" />
        )}
        {!before && !frozen && live.length > 0 && (
          <form method="post" action={`/api/orders/${number}/download?locale=${locale}`}>
            <button type="submit" className={buttonClass({ variant: 'secondary' })}>
              <Download aria-hidden />
              {t('download')}
            </button>
          </form>
        )}
      </div>
      {codes.length > 0 && <p className="text-sm text-ink-soft">{t('hidden')}</p>}
    </div>
  )
}

interface CardProps {
  cdk: MaskedOrderCdk
  index: number
  opened: OpenedCdk | undefined
  mask: ReactNode
  only: boolean
  frozen: boolean
  /** Where this one is complained of. */
  problem: string | null
}

function CdkCard({ cdk, index, opened: answered, mask, only, frozen, problem }: CardProps) {
  const t = useTranslations('order.reveal')
  // Refunded or frozen since it was opened here: it is not shown on.
  const gone = cdk.refunded || cdk.replaced || cdk.inFrozenBatch
  const opened = gone ? undefined : answered
  const seenAt = opened?.revealedAt ?? cdk.revealedAt
  return (
    <li className="grid gap-x-4 gap-y-2 rounded-md border border-line bg-sunken px-4 py-3 sm:grid-cols-[1fr_auto] sm:items-center">
      <div className="grid min-w-0 gap-1">
        {!only && <span className="text-sm text-ink-soft">{t('index', { index })}</span>}
        {opened ? <CdkCode code={opened.code} /> : mask}
        <span className="text-sm text-ink-soft">
          {seenAt ? t.rich('seen', { at: () => <DateTime at={seenAt} style="second" /> }) : t('unseen')}
          {cdk.refunded && ` · ${t('refundedHint')}`}
          {cdk.replaced && ` · ${t('replacedHint')}`}
          {cdk.inFrozenBatch && ` · ${t('batchFrozenHint')}`}
        </span>
      </div>
      {cdk.refunded ? (
        <Badge>{t('refunded')}</Badge>
      ) : cdk.replaced ? (
        <Badge>{t('replaced')}</Badge>
      ) : cdk.inFrozenBatch ? (
        <Badge tone="danger">{t('batchFrozen')}</Badge>
      ) : opened ? (
        <CopyButton text={opened.code} what={t('copyWhat', { index })} size="md" />
      ) : frozen ? null : (
        <SubmitButton
          name="cdkId"
          value={cdk.id}
          variant={only ? 'primary' : 'secondary'}
          aria-label={only ? undefined : t('oneWhat', { index })}
        >
          <Eye aria-hidden />
          {t('one')}
        </SubmitButton>
      )}
      {problem !== null && !gone && !cdk.complained && !only && (
        <ButtonLink
          href={problem}
          variant="quiet"
          size="sm"
          className="justify-self-start"
          aria-label={t('problemWhat', { index })}
        >
          {t('problem')}
        </ButtonLink>
      )}
    </li>
  )
}

/** Everything opened since the page was loaded: each answer adds to what the earlier ones brought. */
function useOpened(answer: readonly OpenedCdk[] | null): ReadonlyMap<string, OpenedCdk> {
  const [known, setKnown] = useState<{ answer: readonly OpenedCdk[] | null; opened: ReadonlyMap<string, OpenedCdk> }>({
    answer: null,
    opened: new Map(),
  })
  if (answer === null || answer === known.answer) return known.opened
  const opened = new Map([...known.opened, ...answer.map((cdk) => [cdk.id, cdk] as const)])
  setKnown({ answer, opened })
  return opened
}
