import { useLocale, useTranslations } from 'next-intl'
import { hasLocale } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import { routing } from '@/i18n/routing'
import { REFUSAL_CODES } from '@/lib/kernel/refusal-codes'
import { refusalMessage } from '@/lib/web/refusal-message'

/** Why the route that sends an export led back here, as the address says. */
export function ExportRefused({ code }: { code: string | string[] | undefined }) {
  const t = useTranslations('desk.export')
  const locale = useLocale()
  const known = REFUSAL_CODES.find((each) => each === code)
  if (!known || !hasLocale(routing.locales, locale)) return null
  const params = known === 'auth/rate-limited' ? { minutes: 15 } : { most: 200_000 }
  return (
    <Notice kind="danger" live title={t('refused')}>
      {refusalMessage({ code: known, params }, locale)}
    </Notice>
  )
}
