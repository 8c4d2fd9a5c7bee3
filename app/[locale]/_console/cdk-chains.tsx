import { Hourglass, Stamp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import type { ChainEvent } from '@/lib/queries/provenance'
import { CopyId } from './copy-id'

interface ChainedCdk {
  readonly id: string
  readonly chain: readonly ChainEvent[]
}

/** Shown on a page; a proof has them all. */
const MOST_SHOWN = 50
/** As many stand open from the start. */
const OPEN = 3

/** What happened to each CDK, oldest first, and which entry of the log it became. */
export function CdkChains({ cdks, short = false }: { cdks: readonly ChainedCdk[]; short?: boolean }) {
  const t = useTranslations('provenance.timeline')
  if (cdks.length === 0) return <p className="text-ink-soft">{t('none')}</p>
  return (
    <div className="grid gap-3">
      <p className="text-sm text-ink-soft">{t('explain')}</p>
      {cdks.slice(0, MOST_SHOWN).map(({ id, chain }, at) => (
        <details key={id} open={!short && at < OPEN} className="border-t border-line pt-2">
          <summary className="min-h-9 cursor-pointer font-medium">{t('cdk', { index: at + 1 })}</summary>
          <div className="mb-2 text-ink-soft">
            <CopyId id={id} what={t('cdk', { index: at + 1 })} />
          </div>
          <ChainEvents chain={chain} />
        </details>
      ))}
      {cdks.length > MOST_SHOWN && <p className="text-sm">{t('more', { count: cdks.length - MOST_SHOWN })}</p>}
    </div>
  )
}

/** One CDK's events. */
export function ChainEvents({ chain }: { chain: readonly ChainEvent[] }) {
  const t = useTranslations('provenance')
  return (
    <ol className="grid gap-2 border-s-2 border-line ps-4">
      {chain.map(({ seq, type, at, leaf }) => (
        <li key={seq} className="grid gap-x-4 sm:grid-cols-[11rem_1fr]">
          <DateTime at={at} style="second" className="text-sm leading-6 text-ink-soft" />
          <div className="min-w-0">
            <p>{t(`event.${type}`)}</p>
            <p className="flex items-center gap-1.5 text-sm text-ink-soft">
              {leaf === null ? (
                <Hourglass aria-hidden className="size-3.5 shrink-0" />
              ) : (
                <Stamp aria-hidden className="size-3.5 shrink-0" />
              )}
              {leaf === null ? t('timeline.unsealed') : t('timeline.leaf', { index: leaf })}
            </p>
          </div>
        </li>
      ))}
    </ol>
  )
}
