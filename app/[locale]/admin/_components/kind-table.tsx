import { useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { type Books, balanceOn } from '@/lib/queries/admin'
import { TextLink } from '../../_console/text-link'

/** The kinds of account of one currency, with their sums; the last row is all of them together. */
export function KindTable({ books: { currency, kinds, debitsMinor, creditsMinor } }: { books: Books }) {
  const t = useTranslations('admin.ledger')
  const c = useTranslations('console.column')
  const k = useTranslations('console.kind')
  return (
    <Table caption={t('kinds')}>
      <Thead>
        <Th>{c('kind')}</Th>
        <Th numeric>{c('accounts')}</Th>
        <Th numeric>{c('debits')}</Th>
        <Th numeric>{c('credits')}</Th>
        <Th numeric>{c('balance')}</Th>
      </Thead>
      <Tbody>
        {kinds.map((row) => (
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
              <Money minor={row.debitsMinor} currency={currency} />
            </Td>
            <Td label={c('credits')} numeric>
              <Money minor={row.creditsMinor} currency={currency} />
            </Td>
            <Td label={c('balance')} numeric>
              <Money minor={balanceOn(row.kind, row)} currency={currency} className="font-semibold" />
            </Td>
          </Tr>
        ))}
        <Tr className="bg-sunken font-semibold">
          <Td>{t('total')}</Td>
          <Td label={c('accounts')} numeric>
            {kinds.reduce((sum, row) => sum + row.accounts, 0)}
          </Td>
          <Td label={c('debits')} numeric>
            <Money minor={debitsMinor} currency={currency} />
          </Td>
          <Td label={c('credits')} numeric>
            <Money minor={creditsMinor} currency={currency} />
          </Td>
          <Td label={c('difference')} numeric>
            <Money minor={debitsMinor - creditsMinor} currency={currency} />
          </Td>
        </Tr>
      </Tbody>
    </Table>
  )
}
