import { z } from 'zod'
import { type ReadNote, readNote } from '@/lib/domain/notifications'
import { type Tx, sql } from '@/lib/domain/tx'
import { type Page, selectPage } from '@/lib/queries/page'

const NoteRow = z
  .object({
    id: z.string(),
    kind: z.string(),
    data: z.unknown(),
    createdAt: z.date(),
    unread: z.boolean(),
  })
  .transform(({ kind, data, ...row }) => ({ ...row, note: readNote(kind, data) }))
export type NoteRow = {
  readonly id: string
  readonly createdAt: Date
  readonly unread: boolean
  readonly note: ReadNote
}

/** A page of what somebody was told, the latest first. One statement. */
export async function listNotifications(db: Tx, userId: string, page: number): Promise<Page<NoteRow>> {
  return selectPage(
    db,
    NoteRow,
    {
      columns: sql`n.id, n.kind, n.data, n."createdAt", n."readAt" IS NULL AS unread`,
      from: sql`notification n WHERE n."userId" = ${userId}::uuid`,
      orderBy: sql`n."createdAt" DESC, n.id DESC`,
    },
    page,
  )
}

const Mail = z.object({ id: z.string(), to: z.string(), subject: z.string(), text: z.string(), createdAt: z.date() })

/** A page of the development mailbox, the latest first. */
export async function listOutbox(db: Tx, page: number): Promise<Page<z.infer<typeof Mail>>> {
  return selectPage(
    db,
    Mail,
    {
      columns: sql`m.id, m."to", m.subject, m.text, m."createdAt"`,
      from: sql`outbox_mail m`,
      orderBy: sql`m."createdAt" DESC, m.id DESC`,
    },
    page,
  )
}
