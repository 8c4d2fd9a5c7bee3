import { PART_BYTES } from '@/lib/web/evidence-upload'
import { type PartAnswer, answerOf } from './part-answer'
import { sendPart } from './send-part'

export interface SendingOptions {
  readonly complaintId: string
  readonly kind: string
  readonly name: string
  readonly byteCount: number
  /** Null: only what is whole can be finished. */
  readonly file: File | null
  readonly locale: string
  /** Of an upload that goes on; null for a new one. */
  readonly id: string | null
  readonly onId: (id: string) => void
  /** Bytes that are there, or on their way. */
  readonly onSent: (bytes: number) => void
  readonly signal: AbortSignal
}

/** `message`: the server's, translated; null when it cannot be reached. */
export type SentEvidence =
  | { readonly status: 'ready' }
  /** Whole; the server still looks at it. */
  | { readonly status: 'checking' }
  | { readonly status: 'paused'; readonly message: 'unreachable' | null }
  | { readonly status: 'failed'; readonly message: string | null }

const TRIES = 6
const LOOKS = 40
const LOOK_EVERY_MS = 3_000

/**
 * Sends a file in parts from where the server is, and asks it anew after every break: an answer that got lost, another tab or a closed
 * laptop costs one part at most. Gives up after six breaks in a row.
 */
export async function sendEvidence(options: SendingOptions): Promise<SentEvidence> {
  const { file, byteCount, locale, signal, onSent } = options
  const announced = options.id === null ? await announce(options) : { id: options.id }
  if ('status' in announced) return announced
  options.onId(announced.id)
  const address = `/api/evidence/${announced.id}/parts?locale=${locale}`
  let [breaks, reached] = [0, -1]
  let looks = 0
  // The server knows best where it goes on.
  let at = options.id === null ? 0 : null
  while (!signal.aborted) {
    const offset = at
    if (offset !== null && offset < byteCount && file === null) return { status: 'paused', message: null }
    const answer =
      offset === null
        ? await ask(address, { signal })
        : await sendPart(`${address}&offset=${offset}`, partOf(file, offset), {
            signal,
            onSent: (bytes) => onSent(offset + bytes),
          })
    if (answer.status === 'refused' && answer.offset === null) return { status: 'failed', message: answer.message }
    if (answer.status === 'broken') {
      breaks += 1
      if (breaks >= TRIES) return { status: 'paused', message: 'unreachable' }
      at = null
      await pause(Math.min(15_000, 500 * 2 ** breaks), signal)
      continue
    }
    if (answer.status === 'refused') {
      at = answer.offset
      continue
    }
    // Being reached is not enough: a line that carries questions and breaks at every part would never end.
    if (answer.offset > reached) [reached, breaks] = [answer.offset, 0]
    onSent(answer.offset)
    if (answer.state === 'READY') return { status: 'ready' }
    if (answer.offset < byteCount) {
      at = answer.offset
      continue
    }
    // Whole: the empty part behind the end asks for it to be finished, once; then it is only looked after.
    looks += 1
    if (looks > LOOKS) return { status: 'checking' }
    at = looks === 1 && offset === null ? answer.offset : null
    if (at === null) await pause(LOOK_EVERY_MS, signal)
  }
  return { status: 'paused', message: null }
}

function partOf(file: File | null, offset: number): Blob {
  return file?.slice(offset, offset + PART_BYTES) ?? new Blob()
}

async function announce({
  complaintId,
  kind,
  name,
  byteCount,
  locale,
  signal,
}: SendingOptions): Promise<{ readonly id: string } | SentEvidence> {
  const body = JSON.stringify({ complaintId, kind, fileName: name, byteCount })
  const headers = { 'content-type': 'application/json' }
  const response = await reach(`/api/evidence?locale=${locale}`, { method: 'POST', headers, body, signal })
  const answer: unknown = response && (await response.json().catch(() => null))
  if (signal.aborted) return { status: 'paused', message: null }
  if (!response) return { status: 'paused', message: 'unreachable' }
  const said = typeof answer === 'object' && answer !== null ? answer : {}
  if (response.status === 201 && 'id' in said) return { id: String(said.id) }
  return { status: 'failed', message: 'message' in said ? String(said.message) : null }
}

async function ask(address: string, init: RequestInit): Promise<PartAnswer> {
  const response = await reach(address, init)
  return response ? answerOf(response.status, await response.json().catch(() => null)) : { status: 'broken' }
}

/** Null when the server cannot be reached, or nobody waits any more. */
async function reach(address: string, init: RequestInit): Promise<Response | null> {
  return fetch(address, { cache: 'no-store', ...init }).catch(() => null)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
