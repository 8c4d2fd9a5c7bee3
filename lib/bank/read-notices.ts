import { CallbackBody } from './protocol'

/** What a page shows of one callback. */
export interface SentNotice {
  readonly type: string
  readonly state: 'sent' | 'waiting' | 'lost' | 'givenUp'
  readonly attempts: number
  readonly lastStatus: number | null
}

interface CallbackRow {
  readonly body: string
  readonly sentAt: Date | null
  readonly dueAt: Date | null
  readonly attempts: number
  readonly lastStatus: number | null
}

/** Callbacks for people's eyes. */
export function readNotices(callbacks: readonly CallbackRow[]): SentNotice[] {
  return callbacks.map(({ body, sentAt, dueAt, attempts, lastStatus }) => ({
    type: CallbackBody.parse(JSON.parse(body)).type,
    state: stateOf(sentAt, dueAt, attempts),
    attempts,
    lastStatus,
  }))
}

function stateOf(sentAt: Date | null, dueAt: Date | null, attempts: number): SentNotice['state'] {
  if (sentAt) return 'sent'
  if (dueAt) return 'waiting'
  return attempts === 0 ? 'lost' : 'givenUp'
}
