import { useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import type { Report } from '@/lib/domain/provenance'
import { placeOf } from '../place'
import { ChainTimeline } from './chain-timeline'
import { CheckList } from './check-list'
import { LimitList } from './limit-list'
import { LogFacts } from './log-facts'
import { VerdictBanner } from './verdict-banner'

const MOST_CHAINS = 50
/** As many stand open from the start. */
const OPEN_CHAINS = 3

/** The whole report: verdict, checks, limits, log, and what happened to each CDK. */
export function ReportView({ report, file }: { report: Report; file: string }) {
  const t = useTranslations('provenance.verify')
  const { bundle, checkpoint, older } = report
  const chains = bundle?.chains ?? []
  const faults = faultsOf(report)
  return (
    <div className="grid gap-5">
      <VerdictBanner report={report} file={file} />
      <Card title={t('checks')}>
        <CheckList checks={report.checks} />
      </Card>
      <Card title={t('notProved')}>
        <LimitList limits={report.notProved} />
      </Card>
      {chains.length > 0 && (
        <Card title={t('events')}>
          <p className="text-sm text-ink-soft">{t('eventsHint')}</p>
          <div className="mt-3 grid gap-3">
            {chains.slice(0, MOST_CHAINS).map((chain, at) => (
              <details key={at} open={at < OPEN_CHAINS || faults.has(at)} className="border-t border-line pt-3">
                <summary className="min-h-9 cursor-pointer font-medium break-all">
                  {t('cdkOf', { id: chain[0]?.event.cdkId ?? '' })}
                </summary>
                <p className="mb-3 text-sm break-all text-ink-soft">
                  {t('merchantOf', { id: chain[0]?.event.merchantId ?? '' })}
                </p>
                <ChainTimeline chain={chain} faulty={faults.get(at) ?? NONE} />
              </details>
            ))}
          </div>
          {chains.length > MOST_CHAINS && <p className="mt-3">{t('more', { count: chains.length - MOST_CHAINS })}</p>}
        </Card>
      )}
      {checkpoint && (
        <Card title={t('log')}>
          <LogFacts facts={checkpoint} />
        </Card>
      )}
      {older && (
        <Card title={t('older')}>
          <LogFacts facts={older} />
        </Card>
      )}
    </div>
  )
}

const NONE: ReadonlySet<number> = new Set()

/** Which events have problems, by the position of their chain. */
function faultsOf({ checks }: Report): ReadonlyMap<number, ReadonlySet<number>> {
  const faults = new Map<number, Set<number>>()
  for (const { where } of checks.flatMap(({ problems }) => problems)) {
    const place = placeOf(where)
    if (place.kind !== 'event') continue
    const events = faults.get(place.cdk - 1) ?? new Set()
    faults.set(place.cdk - 1, events.add(place.event - 1))
  }
  return faults
}
