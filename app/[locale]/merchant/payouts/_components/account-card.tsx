import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import type { PayoutDesk } from '@/lib/queries/merchant'
import { openPayoutAccountAction } from '../actions'

interface Props {
  account: PayoutDesk['account']
  /** The provider was asked how it stands just now and did not answer. */
  unavailable: boolean
}

/** Where payouts go: its state at the provider, what is still missing there, and the way to the provider's page. */
export function AccountCard({ account, unavailable }: Props) {
  const t = useTranslations('merchant.payouts.account')
  const state = account ? (account.ready ? 'ready' : 'incomplete') : 'none'
  return (
    <Card title={t('title')} action={<Badge tone={state === 'ready' ? 'jade' : 'amber'}>{t(`state.${state}`)}</Badge>}>
      <div className="grid justify-items-start gap-4">
        <p className="text-ink-soft">{t(`text.${state}`)}</p>
        {account && !account.ready && account.missing.length > 0 && (
          <div>
            <p className="font-medium">{t('missing')}</p>
            <ul className="list-disc ps-5">
              {account.missing.map((what) => (
                <li key={what} className="break-words">
                  {what}
                </li>
              ))}
            </ul>
          </div>
        )}
        {unavailable && <Notice kind="warn">{t('unavailable')}</Notice>}
        <ActionForm action={openPayoutAccountAction} className="grid justify-items-start gap-3">
          <SubmitButton variant={state === 'ready' ? 'secondary' : 'primary'}>{t(`open.${state}`)}</SubmitButton>
        </ActionForm>
        {account && (
          <p className="text-sm text-ink-soft">
            {t.rich('checked', { at: () => <DateTime at={account.checkedAt} relative /> })}
          </p>
        )}
      </div>
    </Card>
  )
}
