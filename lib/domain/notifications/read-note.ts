import { invariant } from '@/lib/kernel/invariant'
import { NOTIFICATION_KINDS, type NotificationKind, isKind } from './kinds'

/** A stored notification, checked: what its texts are made of, and the page that it leads to (a path without the language). */
export type ReadNote = ReturnType<(typeof NOTIFICATION_KINDS)[NotificationKind]['read']>

/** Gives a row's kind and data their types back. */
export function readNote(kind: string, data: unknown): ReadNote {
  invariant(isKind(kind), `no notification is of the kind ${kind}`)
  return NOTIFICATION_KINDS[kind].read(data)
}
