import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DateTime } from '@/components/date-time'
import { Card } from '@/components/ui/card'
import { cx } from '@/components/ui/cx'
import type { CaseSide } from '@/lib/infra/prisma/enums'
import type { CaseEntryShown, CaseView } from '@/lib/queries/case'
import { EntryText } from './entry-text'

interface Props {
  view: CaseView
  /** Stands at the end of an entry, e.g. the button that withdraws it from view; null for entries without one. */
  hide?: (entry: CaseEntryShown) => ReactNode
  /** Beneath everything: the form to write. */
  children?: ReactNode
}

/** Everything that was said and done in a case, oldest first, with who has read how far. */
export function CaseTimeline({ view, hide, children }: Props) {
  const t = useTranslations('case.timeline')
  const cut = view.entries.length > 0 && view.entries.every(({ seq }) => seq > 0)
  return (
    <Card title={t('title')} id="conversation">
      <p className="mb-4 text-sm text-ink-soft">{t('lead')}</p>
      {cut && <p className="mb-4 text-sm text-ink-soft">{t('more', { count: view.entries.length })}</p>}
      <ol className="grid gap-3">
        {view.entries.map((entry) => (
          <Entry key={entry.seq} entry={entry} view={view} action={entry.body === null ? null : hide?.(entry)} />
        ))}
      </ol>
      {children && <div className="mt-5 border-t border-line pt-5">{children}</div>}
    </Card>
  )
}

function Entry({ entry, view, action }: { entry: CaseEntryShown; view: CaseView; action: ReactNode }) {
  const t = useTranslations('case')
  const { seq, type, by, at, hash } = entry
  const own = by === view.side
  const readers = readUpTo(view, seq)
  return (
    <li
      id={`entry-${seq}`}
      data-entry={type}
      className={cx(
        'grid gap-1.5 rounded-md border px-3.5 py-3 target:border-jade',
        own
          ? 'border-jade-line bg-jade-wash'
          : by === 'STAFF'
            ? 'border-info-line bg-info-wash'
            : 'border-line bg-sunken',
      )}
    >
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span>
          <b className="font-semibold">{t(own ? 'side.you' : `side.${by}`)}</b> · {t(`entry.${type}`)}
        </span>
        <DateTime at={at} style="second" className="text-ink-soft" />
      </p>
      {entry.body === null ? (
        <p className="text-ink-soft">{t('timeline.hidden')}</p>
      ) : (
        <EntryText type={type} body={entry.body} view={view} />
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-2xs text-ink-soft">
          #{seq} · {t('timeline.hash')}{' '}
          <code className="font-mono" title={hash}>
            {entry.body === null ? <span className="break-all">{hash}</span> : hash.slice(0, 12)}
          </code>
        </p>
        {action}
      </div>
      {readers.map((side) => (
        <p key={side} className="text-2xs text-ink-soft">
          {t('timeline.read', { side: t(`side.${side}`) })}
        </p>
      ))}
    </li>
  )
}

/** Who else has read up to exactly here. */
function readUpTo({ reads, side, entries }: CaseView, seq: number): CaseSide[] {
  return reads
    .filter((read) => read.side !== side)
    .filter((read) => entries.findLast((entry) => entry.seq <= read.seq)?.seq === seq)
    .map((read) => read.side)
}
