import { Download } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { RejectedLine } from '@/lib/queries/merchant'
import type { Page } from '@/lib/queries/page'
import { hrefWith } from '../../../../_console/params'
import { ListFoot } from '../../../../_console/list-foot'
import { isRejection } from '../verdicts'

interface Props {
  readonly importId: string
  readonly lines: Page<RejectedLine>
  /** Names of the columns that the merchant knows, by place. */
  readonly columns: readonly (string | null)[]
  /** Whether the upload is still there: then the file has the lines' text. */
  readonly kept: boolean
  readonly known: boolean
}

/** The lines that were not (or would not be) taken, by number; their text only in the file that can be saved. */
export function RejectedLines({ importId, lines, columns, kept, known }: Props) {
  const t = useTranslations('upload')
  const i = useTranslations('imports')
  const locale = useLocale()
  const number = new Intl.NumberFormat(locale)
  const nameOf = (at: number) => columns[at] ?? t('columnNumber', { number: at + 1 })
  return (
    <div id="rejected">
      <Card
        flush
        title={i('rejected')}
        action={
          // POST, so that no link, prefetch or history opens what has codes in it.
          <form method="post" action={`/api/merchant/stock/imports/${importId}/rejected?locale=${locale}`}>
            <button type="submit" className={buttonClass({ variant: 'secondary', size: 'sm' })}>
              <Download aria-hidden />
              {i('download')}
            </button>
          </form>
        }
      >
        <div className="grid gap-1 px-4 pb-3 text-sm text-ink-soft sm:px-5">
          <p>{i(kept ? 'rejectedText' : 'rejectedGone')}</p>
          {known && <p>{i('knownOnMall')}</p>}
        </div>
        <Table caption={t('byNumber')}>
          <Thead>
            <Th numeric className="w-32">
              {t('line')}
            </Th>
            <Th>{t('why')}</Th>
          </Thead>
          <Tbody>
            {lines.rows.map(({ line, verdict, column }) => (
              <Tr key={line}>
                <Td label={t('line')} numeric>
                  {number.format(line)}
                </Td>
                <Td label={t('why')}>
                  <span>
                    {isRejection(verdict) ? t(`verdict.${verdict}`) : verdict}
                    {column !== null && <span className="ms-2 text-ink-soft">{nameOf(column)}</span>}
                  </span>
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </Card>
      <ListFoot
        page={lines}
        hrefOf={(to) => `${hrefWith(`/merchant/stock/imports/${importId}`, { page: to })}#rejected`}
      />
    </div>
  )
}
