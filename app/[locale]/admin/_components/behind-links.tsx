import { useTranslations } from 'next-intl'
import type { Behind } from '@/lib/queries/admin'
import { TextLink } from '../../_console/text-link'

const PATHS: Readonly<Record<Behind['kind'], string>> = {
  order: '/admin/orders',
  payment: '/admin/payments',
  refund: '/admin/refunds',
  payout: '/admin/payouts',
  dispute: '/admin/disputes',
  merchant: '/admin/merchants',
  line: '/admin/reconciliation/lines',
}

/** What a ledger transaction is about, each leading to its own page. */
export function BehindLinks({ behind }: { behind: readonly Behind[] }) {
  const t = useTranslations('admin.transaction.kind')
  if (behind.length === 0) return '–'
  return (
    <span className="flex flex-wrap gap-x-4">
      {behind.map(({ kind, id, name }) => (
        <TextLink key={`${kind}-${id}`} href={`${PATHS[kind]}/${id}`}>
          {name === null ? t(kind) : `${t(kind)} ${name}`}
        </TextLink>
      ))}
    </span>
  )
}
