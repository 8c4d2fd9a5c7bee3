import { useTranslations } from 'next-intl'
import type { LimitName } from '@/lib/domain/provenance'

/** What a proof does not show, however well it holds. */
export function LimitList({ limits }: { limits: readonly LimitName[] }) {
  const t = useTranslations('provenance')
  return (
    <>
      <p className="text-ink-soft">{t('verify.notProvedLead')}</p>
      <ul className="mt-2 grid list-disc gap-1.5 ps-5 marker:text-amber">
        {limits.map((limit) => (
          <li key={limit}>{t(`limit.${limit}`)}</li>
        ))}
      </ul>
    </>
  )
}
