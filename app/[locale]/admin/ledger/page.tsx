import { CircleCheck, CircleX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { db } from '@/lib/infra/db'
import { findLedgerOverview } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { TextLink } from '../../_console/text-link'
import { BooksEquation, Equation } from '../_components/books-equation'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.ledger'))('title') }
}

/** Every account kind, and the equations that sound books satisfy. */
export default async function LedgerPage() {
  await requireOperator()
  const ledger = await findLedgerOverview(db())
  const [t, c, k] = [
    await getTranslations('admin.ledger'),
    await getTranslations('console.column'),
    await getTranslations('console.kind'),
  ]
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <div className="grid gap-5">
        <Card title={t('equations')}>
          <div className="grid gap-3">
            <BooksEquation debitsMinor={ledger.debitsMinor} creditsMinor={ledger.creditsMinor} />
            <Equation
              left={t('clearing')}
              right={t('owed')}
              leftMinor={ledger.clearingMinor}
              rightMinor={ledger.owedMinor}
            />
            <p className={`flex items-center gap-2 ${ledger.astray === 0 ? 'text-jade' : 'text-danger'}`}>
              {ledger.astray === 0 ? (
                <CircleCheck aria-hidden className="size-5 shrink-0" />
              ) : (
                <CircleX aria-hidden className="size-5 shrink-0" />
              )}
              {t('astray', { count: ledger.astray })}
            </p>
          </div>
        </Card>
        <Card title={t('kinds')} flush>
          <Table caption={t('kinds')}>
            <Thead>
              <Th>{c('kind')}</Th>
              <Th numeric>{c('accounts')}</Th>
              <Th numeric>{c('debits')}</Th>
              <Th numeric>{c('credits')}</Th>
              <Th numeric>{c('balance')}</Th>
            </Thead>
            <Tbody>
              {ledger.kinds.map((row) => (
                <Tr key={row.kind}>
                  <Td>
                    <span className="block">
                      <TextLink href={`/admin/ledger/${row.kind}`}>{k(row.kind)}</TextLink>
                      <span className="block text-sm text-ink-soft">{t(`kind.${row.kind}`)}</span>
                    </span>
                  </Td>
                  <Td label={c('accounts')} numeric>
                    {row.accounts}
                  </Td>
                  <Td label={c('debits')} numeric>
                    <Money minor={row.debitsMinor} />
                  </Td>
                  <Td label={c('credits')} numeric>
                    <Money minor={row.creditsMinor} />
                  </Td>
                  <Td label={c('balance')} numeric>
                    <Money
                      minor={
                        row.kind === 'PROVIDER_CLEARING'
                          ? row.debitsMinor - row.creditsMinor
                          : row.creditsMinor - row.debitsMinor
                      }
                      className="font-semibold"
                    />
                  </Td>
                </Tr>
              ))}
              <Tr className="bg-sunken font-semibold">
                <Td>{t('total')}</Td>
                <Td label={c('accounts')} numeric>
                  {ledger.kinds.reduce((sum, row) => sum + row.accounts, 0)}
                </Td>
                <Td label={c('debits')} numeric>
                  <Money minor={ledger.debitsMinor} />
                </Td>
                <Td label={c('credits')} numeric>
                  <Money minor={ledger.creditsMinor} />
                </Td>
                <Td label={c('difference')} numeric>
                  <Money minor={ledger.debitsMinor - ledger.creditsMinor} />
                </Td>
              </Tr>
            </Tbody>
          </Table>
        </Card>
      </div>
    </>
  )
}
