'use client'

import { Download } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { LINES_SHOWN, type UploadReport, firstLines } from '../upload-report'

/** The lines that were not (or would not be) taken, by number; their text only in the file that can be saved. */
export function RejectedLines({ report: { runs, csv } }: { report: UploadReport }) {
  const t = useTranslations('upload')
  const number = new Intl.NumberFormat(useLocale())
  const count = runs.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const lines = firstLines(runs, LINES_SHOWN)
  if (count === 0) return null

  function download(text: string) {
    const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
    Object.assign(document.createElement('a'), { href: url, download: 'rejected-lines.csv' }).click()
    URL.revokeObjectURL(url)
  }

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm text-ink-soft">
          {count > lines.length ? t('firstOf', { shown: lines.length, count }) : t('byNumber')}
        </p>
        {csv !== null && (
          <Button variant="secondary" size="sm" onClick={() => download(csv)}>
            <Download aria-hidden />
            {t('csv')}
          </Button>
        )}
      </div>
      <div
        tabIndex={0}
        role="region"
        aria-label={t('byNumber')}
        className="max-h-80 overflow-y-auto rounded-md border border-line"
      >
        <Table caption={t('byNumber')}>
          <Thead>
            <Th numeric className="w-32">
              {t('line')}
            </Th>
            <Th>{t('why')}</Th>
          </Thead>
          <Tbody>
            {lines.map(({ line, verdict, column }) => (
              <Tr key={line}>
                <Td label={t('line')} numeric>
                  {number.format(line)}
                </Td>
                <Td label={t('why')}>
                  <span>
                    {t(`verdict.${verdict}`)}
                    {column !== null && (
                      <span className="ms-2 text-ink-soft">{t('columnNumber', { number: column + 1 })}</span>
                    )}
                  </span>
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </div>
    </>
  )
}
