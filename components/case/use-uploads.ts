'use client'

import { useLocale } from 'next-intl'
import { useCallback, useEffect, useReducer, useRef } from 'react'
import { useRouter } from '@/i18n/navigation'
import { EVIDENCE_FIGURES, MOST_VIDEO_BYTES } from '@/lib/web/evidence-upload'
import { type SentEvidence, sendEvidence } from './send-evidence'

export interface UploadItem {
  /** Of the list only. */
  readonly key: string
  readonly name: string
  readonly byteCount: number
  readonly kind: string
  /** The upload on the server; null before it was announced. */
  readonly id: string | null
  /** Null after a reload: the browser does not keep it. */
  readonly file: File | null
  readonly sent: number
  readonly status: 'waiting' | 'sending' | 'paused' | 'checking' | 'ready' | 'failed' | 'missing'
  readonly problem: string | null
  /** Bytes a second since it was begun or continued. */
  readonly rate: number
}

type Change = Partial<Omit<UploadItem, 'key'>>
type Step =
  | { readonly add: readonly UploadItem[] }
  | { readonly key: string; readonly change: Change }
  | { readonly remove: string }

function step(items: readonly UploadItem[], now: Step): readonly UploadItem[] {
  if ('add' in now) {
    return [...items, ...now.add.filter(({ id }) => id === null || items.every((item) => item.id !== id))]
  }
  if ('remove' in now) return items.filter(({ key }) => key !== now.remove)
  return items.map((item) => (item.key === now.key ? { ...item, ...now.change } : item))
}

/** The uploads of one side of a case: those of this page, one after the other, and those that an earlier one left unfinished. */
export function useUploads(complaintId: string, tooLarge: string) {
  const [locale, router] = [useLocale(), useRouter()]
  const [items, dispatch] = useReducer(step, [])
  const stops = useRef(new Map<string, AbortController>())

  useEffect(() => {
    const leaving = new AbortController()
    const look = async () => {
      const found = await findUnfinished(complaintId, leaving.signal)
      if (!leaving.signal.aborted) dispatch({ add: found })
    }
    void look()
    const running = stops.current
    return () => {
      leaving.abort()
      for (const stop of running.values()) stop.abort()
    }
  }, [complaintId])

  const send = useCallback(
    async (item: UploadItem) => {
      const stop = new AbortController()
      stops.current.set(item.key, stop)
      const change = (to: Change) => dispatch({ key: item.key, change: to })
      change({ status: 'sending', problem: null, rate: 0 })
      let [begun, from] = [0, 0]
      const sent = await sendEvidence({
        ...item,
        complaintId,
        locale,
        signal: stop.signal,
        onId: (id) => change({ id }),
        onSent(bytes) {
          if (begun === 0) [begun, from] = [performance.now(), bytes]
          const seconds = (performance.now() - begun) / 1_000
          const rate = seconds > 0.5 ? { rate: (bytes - from) / seconds } : {}
          change({ sent: bytes, status: bytes < item.byteCount ? 'sending' : 'checking', ...rate })
        },
      })
      stops.current.delete(item.key)
      change({ status: sent.status, problem: problemOf(sent) })
      if (sent.status === 'ready') router.refresh()
    },
    [complaintId, locale, router],
  )

  // One at a time: the next begins when none is on its way.
  useEffect(() => {
    if (items.some(({ status }) => status === 'sending' || status === 'checking')) return
    const next = items.find(({ status }) => status === 'waiting')
    if (next) void send(next)
  }, [items, send])

  function add(files: Iterable<File>, kind: string) {
    const left = items.filter(({ file }) => file === null)
    for (const file of files) {
      const known = left.find(({ name, byteCount }) => name === file.name && byteCount === file.size)
      if (known) dispatch({ key: known.key, change: { file, status: 'waiting' } })
      else dispatch({ add: [newItem(file, kind, tooLarge)] })
    }
  }

  function pause({ key }: UploadItem) {
    stops.current.get(key)?.abort()
  }

  function resume({ key }: UploadItem) {
    dispatch({ key, change: { status: 'waiting', problem: null } })
  }

  /** Also on the server, unless it is finished there. */
  async function discard({ key, id, status }: UploadItem) {
    stops.current.get(key)?.abort()
    if (id !== null && status !== 'ready' && status !== 'failed') {
      const gone = await fetch(`/api/evidence/${id}`, { method: 'DELETE' }).catch(() => null)
      // Still there, and counted: it stays in the list to be tried again.
      if (!gone?.ok && gone?.status !== 404)
        return dispatch({ key, change: { status: 'paused', problem: 'unreachable' } })
    }
    dispatch({ remove: key })
  }

  return { items, add, pause, resume, discard }
}

/** Empty: refused without a word of the server's. */
function problemOf(sent: SentEvidence): string | null {
  if (sent.status === 'failed') return sent.message ?? ''
  return sent.status === 'paused' ? sent.message : null
}

function newItem(file: File, kind: string, tooLarge: string): UploadItem {
  const whole = { key: crypto.getRandomValues(new Uint32Array(2)).join('-'), file, kind, id: null, sent: 0, rate: 0 }
  const of = { ...whole, name: file.name, byteCount: file.size }
  return file.size > MOST_VIDEO_BYTES || (isImage(file) && file.size > EVIDENCE_FIGURES.image * 1024 * 1024)
    ? { ...of, status: 'failed', problem: tooLarge }
    : { ...of, status: 'waiting', problem: null }
}

function isImage({ type }: File): boolean {
  return type.startsWith('image/')
}

interface Unfinished {
  readonly id: string
  readonly fileName: string
  readonly kind: string
  readonly byteCount: number
  readonly offset: number
}

async function findUnfinished(complaintId: string, signal: AbortSignal): Promise<UploadItem[]> {
  const query = new URLSearchParams({ complaintId }).toString()
  const response = await fetch(`/api/evidence?${query}`, { cache: 'no-store', signal }).catch(() => null)
  if (!response?.ok) return []
  const { uploads } = (await response.json()) as { readonly uploads: readonly Unfinished[] }
  return uploads.map(({ id, fileName: name, kind, byteCount, offset }) => ({
    key: id,
    id,
    name,
    kind,
    byteCount,
    file: null,
    sent: offset,
    // What is whole needs no file to be finished.
    status: offset === byteCount ? 'waiting' : 'missing',
    problem: null,
    rate: 0,
  }))
}
