import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import type { RefundMethod, RefundStatus } from '@/lib/infra/prisma/enums'
import { RefundBadge } from '../../_console/badges'
import { ReasonText } from '../../_console/reason-text'
import { TextLink } from '../../_console/text-link'
import { ListTable } from './list-table'

interface Leg {
  readonly id: string
  readonly method: RefundMethod
  readonly status: RefundStatus
  readonly amountMinor: number
  readonly currency: string
  readonly reason: string
  readonly createdAt: Date
  readonly settledAt: Date | null
}

/** Legs of refunds beside what they belong to; each leads to its own page. */
export function LegTable({ legs }: { legs: readonly Leg[] }) {
  const c = useTranslations('console.column')
  const m = useTranslations('console.method')
  return (
    <ListTable
      caption={c('refund')}
      rows={legs}
      columns={[
        {
          title: c('createdAt'),
          cell: ({ id, createdAt }) => (
            <TextLink href={`/admin/refunds/${id}`}>
              <DateTime at={createdAt} style="second" />
            </TextLink>
          ),
        },
        { title: c('status'), cell: ({ status }) => <RefundBadge status={status} /> },
        { title: c('method'), cell: ({ method }) => <span className="whitespace-nowrap">{m(method)}</span> },
        { title: c('reason'), cell: ({ reason }) => <ReasonText reason={reason} /> },
        {
          title: c('amount'),
          numeric: true,
          cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
        },
        { title: c('settledAt'), cell: ({ settledAt }) => (settledAt ? <DateTime at={settledAt} /> : '–') },
      ]}
    />
  )
}
