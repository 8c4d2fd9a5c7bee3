import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DateTime } from '@/components/date-time'
import { Badge, type Tone } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseUnit, CaseView } from '@/lib/queries/case'

const TONES: Record<NonNullable<CaseUnit['result']>, Tone> = {
  REFUNDED: 'jade',
  REPLACED: 'jade',
  COMPENSATED: 'jade',
  REJECTED: 'neutral',
}

/** The CDKs of a case by their number in the order, when they were delivered and looked at, and what came of each; never a code. */
export function CaseUnits({ view, action }: { view: CaseView; action?: (unit: CaseUnit) => ReactNode }) {
  const t = useTranslations('case.units')
  return (
    <Card title={t('title')} flush={view.units.length > 0} id="units">
      {view.units.length === 0 ? (
        <p className="text-ink-soft">{t('charge')}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {view.units.map((unit) => (
            <Unit key={unit.cdkId} unit={unit} view={view} action={action?.(unit)} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Unit({ unit, view, action }: { unit: CaseUnit; view: CaseView; action: ReactNode }) {
  const t = useTranslations('case')
  const locale = useLocale()
  const { deliveredAt, revealedAt, expiresAt, result, replacementPosition } = unit
  return (
    <li className="grid gap-1 px-4 py-3 sm:px-5">
      <span className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium">{t('units.index', { index: unit.position })}</span>
        <span className="flex flex-wrap items-center gap-3">
          <span className="tabular-nums">{formatMoney(unit.priceMinor, view.currency, locale)}</span>
          {result ? (
            <Badge tone={TONES[result]}>{t(`result.${result}`)}</Badge>
          ) : (
            <Badge tone={unit.open ? 'amber' : 'neutral'}>{t(unit.open ? 'units.open' : 'units.none')}</Badge>
          )}
        </span>
      </span>
      <span className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
        {deliveredAt && (
          <span>
            {t('units.delivered')} <DateTime at={deliveredAt} style="second" />
          </span>
        )}
        <span>
          {revealedAt ? (
            <>
              {t('units.revealed')} <DateTime at={revealedAt} style="second" />
            </>
          ) : (
            t('units.unseen')
          )}
        </span>
        {expiresAt && (
          <span>
            {t('units.expires')} <DateTime at={expiresAt} style="day" />
          </span>
        )}
      </span>
      {replacementPosition !== null && <span className="text-sm">{t('units.by', { index: replacementPosition })}</span>}
      {action}
    </li>
  )
}
