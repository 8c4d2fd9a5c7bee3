import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Card } from '@/components/ui/card'
import type { OperatorActionRow } from '@/lib/queries/admin'

/** What operators did to the thing on the page, latest first; nothing when they did nothing. */
export function ActionLog({ actions }: { actions: readonly OperatorActionRow[] }) {
  const t = useTranslations('admin.log')
  if (actions.length === 0) return null
  return (
    <Card title={t('done')}>
      <ol className="grid gap-3">
        {actions.map((action) => (
          <li key={action.id} className="grid gap-x-4 sm:grid-cols-[11rem_1fr]">
            <DateTime at={action.at} style="second" className="text-sm leading-6 text-ink-soft" />
            <span className="min-w-0">
              <VerbText verb={action.verb} /> <span className="text-ink-soft">· {action.operator}</span>
              {action.note && <span className="block text-sm break-words text-ink-soft">{action.note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

/** What an operator did, in words. */
export function VerbText({ verb }: { verb: string }) {
  const t = useTranslations('admin.log.verb')
  return <>{t.has(verb as 'retry-refund') ? t(verb as 'retry-refund') : verb}</>
}
