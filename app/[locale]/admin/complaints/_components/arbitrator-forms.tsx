import { useTranslations } from 'next-intl'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import type { ArbitratorRow } from '@/lib/queries/admin'
import { openArbitratorAction, restArbitratorAction, setEmployerAction } from '../actions'

/** Lets an arbitrator rest or brings one back. */
export function RestForm({ arbitrator: { id, name, restingSince } }: { arbitrator: ArbitratorRow }) {
  const t = useTranslations('adminComplaints.arbitrators')
  const what = restingSince ? 'wake' : 'rest'
  return (
    <ActionForm action={restArbitratorAction} done={t('saved')} className="grid justify-items-start gap-2">
      <input type="hidden" name="userId" value={id} />
      <input type="hidden" name="resting" value={restingSince ? 'no' : 'yes'} />
      <SubmitButton variant="secondary" size="sm">
        {t(what)} <span className="sr-only">{name}</span>
      </SubmitButton>
    </ActionForm>
  )
}

/** Whom an arbitrator works for besides: no case of that company is given to them. */
export function EmployerForm({ arbitrator: { id, name, employerNumber } }: { arbitrator: ArbitratorRow }) {
  const t = useTranslations('adminComplaints.arbitrators')
  return (
    <ActionForm action={setEmployerAction} done={t('saved')} className="grid gap-2 sm:max-w-64">
      <input type="hidden" name="userId" value={id} />
      <FormText
        name="number"
        label={
          <>
            {t('employer')} <span className="sr-only">{name}</span>
          </>
        }
        defaultValue={employerNumber ?? ''}
        maxLength={18}
        className="font-mono"
        optional
      />
      <div>
        <SubmitButton variant="secondary" size="sm">
          {t('setEmployer')}
        </SubmitButton>
      </div>
    </ActionForm>
  )
}

export function OpenArbitratorForm() {
  const t = useTranslations('adminComplaints.arbitrators')
  return (
    <Card title={t('open')}>
      <ActionForm action={openArbitratorAction} done={t('opened')} className="grid gap-5">
        <p className="text-ink-soft">{t('openText')}</p>
        <div className="grid gap-5 sm:grid-cols-2">
          <FormText name="name" label={t('name')} maxLength={40} autoComplete="off" />
          <FormText name="email" type="email" label={t('email')} maxLength={254} autoComplete="off" />
          <FormText
            name="password"
            type="password"
            label={t('password')}
            hint={t('passwordHint')}
            minLength={8}
            maxLength={200}
            autoComplete="new-password"
          />
          <FormText
            name="employer"
            label={t('employer')}
            hint={t('employerHint')}
            maxLength={18}
            className="font-mono"
            optional
          />
        </div>
        <div>
          <SubmitButton>{t('open')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  )
}
