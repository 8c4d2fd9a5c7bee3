import { useTranslations } from 'next-intl'
import { EvidenceUpload } from '@/components/case/evidence-upload'
import { EvidenceViewer } from '@/components/case/evidence-viewer'
import { Card } from '@/components/ui/card'
import { FAILURE_STANDARD } from '@/lib/domain/complaints'
import type { CaseView } from '@/lib/queries/case'

/** The files of a case, and while it runs the merchant's own to be added. */
export function EvidenceCard({ view: { id, failure, files, state } }: { view: CaseView }) {
  const t = useTranslations('claims.evidence')
  const open = state !== 'CLOSED'
  if (!open && files.length === 0) return null
  return (
    <Card title={t('title')} id="files">
      <div className="grid gap-5">
        <EvidenceViewer files={files.map(({ readyAt, ...file }) => ({ ...file, at: readyAt }))} />
        {open && <EvidenceUpload complaintId={id} kinds={FAILURE_STANDARD[failure].answeredBy} />}
      </div>
    </Card>
  )
}
