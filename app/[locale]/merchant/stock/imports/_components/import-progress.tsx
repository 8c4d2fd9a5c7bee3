'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useRouter } from '@/i18n/navigation'
import type { ImportProgress as Progress } from '@/lib/queries/merchant'
import { ProgressBar } from '../../_components/progress-bar'

const LOOK_EVERY_MS = 1_000
/** A page that was asked for comes within this time, or is asked for again: asked for every second it would never settle. */
const PAGE_WITHIN_MS = 15_000
const MINUTE = 60
const HOUR = 60 * MINUTE

interface Props {
  readonly importId: string
  readonly state: string
  readonly start: Progress
}

/**
 * How far the import is, asked for every second; when its state changes the page is asked for anew. It may be closed: the import does
 * not need it. Without JavaScript it stands still, with a link to look again.
 */
export function ImportProgress({ importId, state, start }: Props) {
  const t = useTranslations('imports')
  const router = useRouter()
  const [progress, setProgress] = useState(start)
  const [reached, setReached] = useState(true)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stopping = new AbortController()
    async function look() {
      const next = await lookAt(importId, stopping.signal)
      if (stopping.signal.aborted) return
      setReached(next !== null)
      if (next) setProgress(next)
      const over = next !== null && next.state !== state
      if (over) router.refresh()
      timer = setTimeout(() => void look(), over ? PAGE_WITHIN_MS : LOOK_EVERY_MS)
    }
    timer = setTimeout(() => void look(), LOOK_EVERY_MS)
    return () => {
      stopping.abort()
      clearTimeout(timer)
    }
  }, [importId, state, router])

  const { linesDone: done, linesTotal: total, share, linesPerSecond, secondsLeft } = progress
  return (
    <div className="grid gap-2">
      <ProgressBar label={t('progress')} share={share} />
      <p className="flex flex-wrap gap-x-4 text-sm text-ink-soft tabular-nums">
        <span>{total === null ? t('lines', { done }) : t('linesOf', { done, total })}</span>
        {linesPerSecond === null ? <span>{t('starting')}</span> : <span>{t('rate', { count: linesPerSecond })}</span>}
        {secondsLeft !== null && <span>{leftOf(t, secondsLeft)}</span>}
      </p>
      {!reached && (
        <p role="status" className="text-sm font-medium text-amber">
          {t('unreached')}
        </p>
      )}
    </div>
  )
}

/** Null when the server cannot be reached: it is asked again. */
async function lookAt(importId: string, signal: AbortSignal): Promise<(Progress & { state: string }) | null> {
  try {
    const answer = await fetch(`/api/merchant/stock/imports/${importId}`, { cache: 'no-store', signal })
    return answer.ok ? ((await answer.json()) as Progress & { state: string }) : null
  } catch {
    return null
  }
}

function leftOf(t: ReturnType<typeof useTranslations<'imports'>>, seconds: number): string {
  if (seconds < 2 * MINUTE) return t('left.seconds', { count: seconds })
  if (seconds < 2 * HOUR) return t('left.minutes', { count: Math.round(seconds / MINUTE) })
  return t('left.hours', { count: Math.round(seconds / HOUR) })
}
