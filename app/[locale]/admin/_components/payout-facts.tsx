import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Badge } from '@/components/ui/badge'
import type { AdminMerchant } from '@/lib/queries/admin'
import { CopyId } from '../../_console/copy-id'
import { Fact, Facts } from '../../_console/facts'
import { TextLink } from '../../_console/text-link'

/** Where a merchant is paid out to, whether that works, and when it asks by itself. */
export function PayoutFacts({ merchant }: { merchant: AdminMerchant }) {
  const t = useTranslations('admin.merchants')
  return (
    <Facts>
      {merchant.payoutAccounts.length === 0 && <Fact term={t('payoutAccount')}>{t('noPayoutAccount')}</Fact>}
      {merchant.payoutAccounts.map((account) => (
        <Fact key={account.provider} term={t('payoutAccount')}>
          {account.provider} <CopyId id={account.accountRef} what={t('payoutAccount')} />{' '}
          <Badge tone={account.ready ? 'jade' : 'amber'}>{t(account.ready ? 'ready' : 'notReady')}</Badge>
          {account.missing.length > 0 && (
            <span className="block text-sm text-ink-soft">{t('missing', { what: account.missing.join(', ') })}</span>
          )}
        </Fact>
      ))}
      <Fact term={t('schedule')}>
        {t(`scheduleOf.${merchant.payoutSchedule}`)}
        {merchant.nextPayoutAt && (
          <>
            {' '}
            · <DateTime at={merchant.nextPayoutAt} />
          </>
        )}
      </Fact>
      <Fact term={t('payouts')}>
        <TextLink href={`/admin/payouts?merchant=${merchant.id}`}>{t('seePayouts')}</TextLink>
      </Fact>
      <Fact term={t('accounts')}>
        <TextLink href={`/admin/ledger?q=${encodeURIComponent(merchant.slug)}`}>{t('seeAccounts')}</TextLink>
      </Fact>
    </Facts>
  )
}
