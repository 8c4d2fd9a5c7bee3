import { Gavel } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { listMyCases, listMyClosedCases } from '@/lib/queries/arbitration'
import { requireArbitrator } from '@/lib/web/session'
import { ListFoot } from '../_console/list-foot'
import { type SearchParams, hrefWith, pageParam } from '../_console/params'
import { CaseLines, ClosedLines } from './_components/case-lines'

export async function generateMetadata() {
  return { title: (await getTranslations('arbitration'))('cases.title') }
}

/** An arbitrator's own cases: what waits for him, what waits for others, what is over. */
export default async function ArbitrationPage({ searchParams }: { searchParams: SearchParams }) {
  const { id } = await requireArbitrator()
  const open = await listMyCases(db(), id)
  const closed = await listMyClosedCases(db(), id, pageParam.parse((await searchParams).page))
  const t = await getTranslations('arbitration.cases')
  const mine = open.filter(({ waits }) => waits === 'RULE' || waits === 'SIGN')
  const others = open.filter((line) => !mine.includes(line))
  return (
    <>
      <PageHeader title={t('title')}>{t('text')}</PageHeader>
      <div className="grid gap-5">
        <Card title={t('mine')} flush>
          {mine.length === 0 ? (
            <EmptyState icon={<Gavel />} title={t('nothing')}>
              {t('nothingText')}
            </EmptyState>
          ) : (
            <CaseLines caption={t('mine')} lines={mine} />
          )}
        </Card>
        {others.length > 0 && (
          <Card title={t('others')} flush>
            <CaseLines caption={t('others')} lines={others} />
          </Card>
        )}
        {closed.total > 0 && (
          <div>
            <Card title={t('closed')} flush>
              <ClosedLines caption={t('closed')} lines={closed.rows} />
            </Card>
            <ListFoot page={closed} hrefOf={(to) => hrefWith('/arbitration', { page: to })} />
          </div>
        )}
      </div>
    </>
  )
}
