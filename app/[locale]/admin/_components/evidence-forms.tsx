import { useTranslations } from 'next-intl'
import { ActionForm, FormText, FormTextarea } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import type { AdminDispute } from '@/lib/queries/admin'
import { Fact, Facts } from '../../_console/facts'
import { saveEvidenceAction, submitEvidenceAction } from '../disputes/actions'

const LINES = [
  ['productDescription', 4],
  ['accessLog', 10],
  ['statement', 14],
] as const

/** The staged answer, to be rewritten as long as it is not handed in. */
export function EvidenceForm({ dispute: { id, evidence } }: { dispute: AdminDispute }) {
  const t = useTranslations('admin.disputes')
  return (
    <ActionForm action={saveEvidenceAction} done={t('saved')} className="grid gap-4">
      <p className="text-ink-soft">{t('evidenceText')}</p>
      <input type="hidden" name="disputeId" value={id} />
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText
          name="customerEmail"
          label={t('customerEmail')}
          type="email"
          defaultValue={evidence.customerEmail}
          optional
        />
        <FormText
          name="serviceDate"
          label={t('serviceDate')}
          hint={t('serviceDateHint')}
          type="date"
          defaultValue={evidence.serviceDate}
        />
      </div>
      {LINES.map(([name, rows]) => (
        <FormTextarea
          key={name}
          name={name}
          label={t(name)}
          rows={rows}
          maxLength={20_000}
          defaultValue={evidence[name]}
          className="font-mono text-sm"
          optional
        />
      ))}
      <div>
        <SubmitButton variant="secondary">{t('save')}</SubmitButton>
      </div>
    </ActionForm>
  )
}

/** Hands the staged evidence in; asks once, because it cannot be taken back. */
export function HandInForm({ disputeId }: { disputeId: string }) {
  const t = useTranslations('admin.disputes')
  return (
    <ActionForm action={submitEvidenceAction} done={t('handedIn')} className="grid justify-items-start gap-3">
      <p className="text-ink-soft">{t('handInText')}</p>
      <input type="hidden" name="disputeId" value={disputeId} />
      <ConfirmSubmit
        label={t('handIn')}
        question={t('handInQuestion')}
        confirm={t('handIn')}
        danger={false}
        variant="primary"
      >
        {t('handInFinal')}
      </ConfirmSubmit>
    </ActionForm>
  )
}

/** What was handed in, or is about to be. */
export function EvidenceFacts({ evidence }: Pick<AdminDispute, 'evidence'>) {
  const t = useTranslations('admin.disputes')
  return (
    <Facts>
      <Fact term={t('customerEmail')}>{evidence.customerEmail || '–'}</Fact>
      <Fact term={t('serviceDate')}>{evidence.serviceDate || '–'}</Fact>
      {LINES.map(([name]) => (
        <Fact key={name} term={t(name)}>
          <span className="block text-sm break-words whitespace-pre-wrap">{evidence[name] || '–'}</span>
        </Fact>
      ))}
    </Facts>
  )
}
