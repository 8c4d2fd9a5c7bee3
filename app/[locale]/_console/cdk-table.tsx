import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { CdkState } from '@/lib/infra/prisma/enums'
import { CdkBadge } from './badges'
import { CopyId } from './copy-id'

interface Cdk {
  id: string
  state: CdkState
  revealedAt: Date | null
  /** Which one of the order's it is, from 1, where that is told. */
  position?: number
  refunded?: boolean
}

/** The CDKs of an order by number and state; never their text. */
export function CdkTable({ cdks }: { cdks: readonly Cdk[] }) {
  const t = useTranslations('console.cdkTable')
  const c = useTranslations('console.column')
  if (cdks.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
  return (
    <Table caption={t('caption')}>
      <Thead>
        <Th>{c('cdk')}</Th>
        <Th>{c('status')}</Th>
        <Th>{c('revealedAt')}</Th>
      </Thead>
      <Tbody>
        {cdks.map((cdk) => (
          <Tr key={cdk.id}>
            <Td label={c('cdk')}>
              <span className="inline-flex items-center gap-2">
                {cdk.position !== undefined && <span className="tabular-nums">{cdk.position}</span>}
                <CopyId id={cdk.id} what={c('cdk')} />
              </span>
            </Td>
            <Td label={c('status')}>
              {cdk.refunded ? <Badge tone="neutral">{t('refunded')}</Badge> : <CdkBadge state={cdk.state} />}
            </Td>
            <Td label={c('revealedAt')}>
              {cdk.revealedAt ? <DateTime at={cdk.revealedAt} style="second" /> : t('notSeen')}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
