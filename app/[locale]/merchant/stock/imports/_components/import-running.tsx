import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { TextLink } from '@/components/text-link'
import type { MerchantImport } from '@/lib/queries/merchant'
import { cancelImportAction } from '../actions'
import { ImportProgress } from './import-progress'

type Running = 'QUEUED' | 'CHECKING' | 'RUNNING'

interface Props {
  readonly found: MerchantImport
  readonly state: Running
}

/** An import that somebody works on, or that waits for it: how far it is, and the way to stop it. */
export function ImportRunning({ found, state }: Props) {
  const t = useTranslations('imports')
  const name = nameOf(found, state)
  return (
    <Card title={t(`${name}.title`)}>
      <div className="grid gap-4">
        <p className="text-ink-soft">{t(found.cancelAskedAt === null ? `${name}.text` : 'cancelling')}</p>
        <ImportProgress key={state} importId={found.id} state={state} start={found.progress} />
        <noscript>
          <TextLink href={`/merchant/stock/imports/${found.id}`}>{t('reload')}</TextLink>
        </noscript>
        {found.cancelAskedAt === null && (
          <ActionForm action={cancelImportAction} className="grid justify-items-start gap-3">
            <input type="hidden" name="importId" value={found.id} />
            <ConfirmSubmit label={t('cancel')} question={t('cancelQuestion')} confirm={t('cancelConfirm')}>
              {t(state === 'RUNNING' ? 'cancelText' : 'cancelCheckText')}
            </ConfirmSubmit>
          </ActionForm>
        )}
      </div>
    </Card>
  )
}

/** All-or-nothing looks at every line before it takes the first. */
function nameOf({ allOrNothing, linesTotal }: MerchantImport, state: Running) {
  if (state === 'RUNNING') return allOrNothing && linesTotal === null ? 'judging' : 'running'
  return state === 'QUEUED' ? 'queued' : 'checking'
}
