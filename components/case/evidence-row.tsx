'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import type { UploadItem } from './use-uploads'

const MB = 1024 * 1024

/** One upload: how far it is, in words and as a bar, and what can be done with it. */
export function EvidenceRow({
  item,
  onPause,
  onResume,
  onDiscard,
}: {
  item: UploadItem
  onPause: () => void
  onResume: () => void
  onDiscard: () => void
}) {
  const [t, format] = [useTranslations('evidence'), useFormatter()]
  const { name, status, sent, byteCount, rate, problem } = item
  const mb = (bytes: number) => format.number(bytes / MB, { maximumFractionDigits: 1 })
  const over = status === 'ready' || status === 'failed'
  // What the server did not put into words.
  const said: Readonly<Record<string, string>> = { '': t('failed'), unreachable: t('unreachable') }
  const named = (what: string) => t('named', { what, name })
  return (
    <li className="grid gap-2 rounded-md border border-line bg-surface p-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="min-w-0 font-medium break-all">{name}</span>
        <span className="text-sm text-ink-soft tabular-nums">
          {t('done', { sent: mb(Math.min(sent, byteCount)), total: mb(byteCount) })}
          {status === 'sending' && rate > 0 && ` · ${t('rate', { rate: mb(rate) })}`}
        </span>
      </div>
      {!over && <Bar label={t('progress', { name })} share={byteCount === 0 ? 0 : sent / byteCount} />}
      <p role="status" className={status === 'failed' ? 'text-sm font-medium text-danger' : 'text-sm text-ink-soft'}>
        {t(`status.${status}`)}
        {problem !== null && ` · ${said[problem] ?? problem}`}
      </p>
      <div className="flex flex-wrap gap-2">
        {status === 'sending' && (
          <Button variant="secondary" size="sm" onClick={onPause} aria-label={named(t('pause'))}>
            {t('pause')}
          </Button>
        )}
        {status === 'paused' && (
          <Button variant="secondary" size="sm" onClick={onResume} aria-label={named(t('resume'))}>
            {t('resume')}
          </Button>
        )}
        {status !== 'checking' && (
          <Button variant="quiet" size="sm" onClick={onDiscard} aria-label={named(t(over ? 'dismiss' : 'discard'))}>
            {t(over ? 'dismiss' : 'discard')}
          </Button>
        )}
      </div>
    </li>
  )
}

function Bar({ label, share }: { label: string; share: number }) {
  const percent = Math.min(100, Math.max(0, Math.floor(share * 100)))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-3 overflow-hidden rounded-full border border-line bg-sunken"
    >
      <div className="h-full bg-jade-solid transition-[width] duration-500" style={{ width: `${percent}%` }} />
    </div>
  )
}
