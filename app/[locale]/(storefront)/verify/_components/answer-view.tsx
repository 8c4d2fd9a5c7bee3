import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import type { FileAnswer } from '../verify-file'
import { CaseReportView } from './case-report-view'
import { ReportView } from './report-view'

/** The report of a file, or in words why there is none and what to do. */
export function AnswerView({ answer, file }: { answer: FileAnswer | { readonly kind: 'failed' }; file: string }) {
  const t = useTranslations('provenance.verify')
  switch (answer.kind) {
    case 'report':
      return <ReportView report={answer.report} file={file} />
    case 'case':
      return <CaseReportView report={answer.report} file={file} />
    case 'too-large':
      return (
        <Notice kind="danger" live title={t('tooLargeTitle')}>
          {t('tooLarge', { size: answer.sizeMb, limit: answer.limitMb })}
        </Notice>
      )
    default:
      return (
        <Notice kind="danger" live title={t(`${answer.kind}Title`)}>
          {t(answer.kind)}
        </Notice>
      )
  }
}
