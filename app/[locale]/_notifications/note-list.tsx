import { Bell } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { SubmitButton } from '@/components/ui/submit-button'
import { Link } from '@/i18n/navigation'
import { noteWords } from '@/lib/infra/mail'
import type { NoteRow } from '@/lib/queries/notifications'
import type { Page } from '@/lib/queries/page'
import type { FormAction } from '@/lib/web/action'

/** What somebody was told, each leading to where it is seen or acted on. */
export async function NoteList({ notes, path, empty }: { notes: Page<NoteRow>; path: string; empty: string }) {
  const t = await getTranslations('notifications')
  if (notes.rows.length === 0) {
    return (
      <EmptyState icon={<Bell />} title={t('empty')}>
        {empty}
      </EmptyState>
    )
  }
  return (
    <>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {notes.rows.map((row) => (
          <NoteItem key={row.id} row={row} />
        ))}
      </ul>
      <Pagination page={notes.page} pages={notes.pages} hrefOf={(to) => `${path}?page=${to}`} />
    </>
  )
}

async function NoteItem({ row: { note, createdAt, unread } }: { row: NoteRow }) {
  const [t, locale] = [await getTranslations('notifications'), await getLocale()]
  const { subject, body } = noteWords(note, locale)
  return (
    <li className="relative grid gap-1 px-4 py-3.5 hover:bg-sunken sm:px-5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link href={note.page} className="min-w-0 font-medium break-words after:absolute after:inset-0">
          {subject}
        </Link>
        {unread && <Badge tone="jade">{t('unread')}</Badge>}
      </p>
      <p className="max-w-prose text-sm break-words text-ink-soft">{body}</p>
      <DateTime at={createdAt} relative className="text-sm text-ink-soft" />
    </li>
  )
}

/** Counts everything that the page was made with as read. */
export async function ReadAll({ action, notes }: { action: FormAction<void>; notes: Page<NoteRow> }) {
  const t = await getTranslations('notifications')
  return (
    <ActionForm action={action}>
      <input type="hidden" name="until" value={newestOf(notes).toISOString()} />
      <SubmitButton variant="secondary" size="sm">
        {t('readAll')}
      </SubmitButton>
    </ActionForm>
  )
}

/** On a later page newer ones were not seen, and stay unread. */
function newestOf({ rows }: Page<NoteRow>): Date {
  return rows[0]?.createdAt ?? new Date(0)
}
