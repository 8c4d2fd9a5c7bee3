'use client'

import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import { REJECTIONS, type UploadReport } from '../upload-report'
import { RejectedLines } from './rejected-lines'
import { VerdictCounts } from './verdict-counts'

/** What became of an upload: counts first, then the lines that were not taken, by number. */
export function ReportView({ report }: { report: UploadReport }) {
  const t = useTranslations('upload')
  const { counts, stored } = report
  const rejected = REJECTIONS.reduce((sum, verdict) => sum + counts[verdict], 0)
  return (
    <section aria-labelledby="report" className="grid gap-4">
      {stored ? (
        <Notice kind={counts.accepted > 0 ? 'success' : 'warn'} live title={t('accepted', { count: counts.accepted })}>
          {rejected === 0 ? t('allTaken') : t('rejected', { count: rejected })}
        </Notice>
      ) : (
        <Notice kind="warn" live title={t('nothingTaken')}>
          {t('nothingTakenText')}
        </Notice>
      )}
      <h3 id="report" className="font-semibold">
        {t('report')}
      </h3>
      <VerdictCounts counts={counts} />
      <RejectedLines report={report} />
    </section>
  )
}
