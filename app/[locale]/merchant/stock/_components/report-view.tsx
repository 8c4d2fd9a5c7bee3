'use client'

import { Download } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { LINES_SHOWN, type Rejection, type UploadReport, firstLines, rejectedCsv } from '../upload-report'

const REJECTIONS = [
  'duplicate-in-file',
  'duplicate-in-stock',
  'too-long',
  'empty',
] as const satisfies readonly Rejection[]

/** What became of an upload: counts first, then the lines that were not taken, by number. */
export function ReportView({ report: { counts, runs } }: { report: UploadReport }) {
  const t = useTranslations('upload')
  const number = new Intl.NumberFormat(useLocale())
  const rejected = REJECTIONS.reduce((sum, verdict) => sum + counts[verdict], 0)
  const lines = firstLines(runs, LINES_SHOWN)

  function download() {
    const words = Object.fromEntries(REJECTIONS.map((verdict) => [verdict, t(`verdict.${verdict}`)])) as Record<
      Rejection,
      string
    >
    const file = new Blob([rejectedCsv(runs, words, [t('line'), t('why')])], { type: 'text/csv;charset=utf-8' })
    const url = URL.createObjectURL(file)
    const link = Object.assign(document.createElement('a'), { href: url, download: 'rejected-lines.csv' })
    link.click()
    URL.revokeObjectURL(url)
  }

  return (
    <section aria-labelledby="report" className="grid gap-4">
      <Notice kind={counts.accepted > 0 ? 'success' : 'warn'} live title={t('accepted', { count: counts.accepted })}>
        {rejected === 0 ? t('allTaken') : t('rejected', { count: rejected })}
      </Notice>
      <h3 id="report" className="font-semibold">
        {t('report')}
      </h3>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-5">
        {(['accepted', ...REJECTIONS] as const).map((verdict) => (
          <div key={verdict}>
            <dt className="text-sm text-ink-soft">{t(`verdict.${verdict}`)}</dt>
            <dd className="text-xl font-semibold tabular-nums">{number.format(counts[verdict])}</dd>
          </div>
        ))}
      </dl>
      {rejected > 0 && (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm text-ink-soft">
              {rejected > lines.length ? t('firstOf', { shown: lines.length, count: rejected }) : t('byNumber')}
            </p>
            <Button variant="secondary" size="sm" onClick={download}>
              <Download aria-hidden />
              {t('csv')}
            </Button>
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
                {lines.map(({ line, verdict }) => (
                  <Tr key={line}>
                    <Td label={t('line')} numeric>
                      {number.format(line)}
                    </Td>
                    <Td label={t('why')}>{t(`verdict.${verdict}`)}</Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </div>
        </>
      )}
    </section>
  )
}
