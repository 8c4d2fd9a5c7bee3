import type { AskWitness } from '@/lib/domain/sealing'
import { readBody } from '@/lib/kernel/read-body'
import { SECOND_MS } from '@/lib/kernel/time'

const ANSWERS_WITHIN_MS = 10 * SECOND_MS
/** An answer is a few lines of some 150 bytes. */
const MOST_BYTES = 16_384

/** Sends checkpoints to witnesses. Follows no redirect: the operator has named where they go. */
export const askWitness: AskWitness = async (url, body) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  })
  const text = await readBody(response, MOST_BYTES)
  if (text === null) throw new Error(`${url} answered more than ${MOST_BYTES} bytes`)
  return { status: response.status, text }
}
