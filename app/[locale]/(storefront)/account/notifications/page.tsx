import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { listNotifications } from '@/lib/queries/notifications'
import { requireBuyer, unreadCount } from '@/lib/web/session'
import { pageParam } from '../../../_console/params'
import { readNotificationsAction } from '../../../_notifications/actions'
import { NoteList, ReadAll } from '../../../_notifications/note-list'
import { AccountTabs } from '../_components/account-tabs'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notifications'))('title'), robots: { index: false } }
}

export default async function AccountNotificationsPage({ searchParams }: PageProps<'/[locale]/account/notifications'>) {
  const user = await requireBuyer()
  const notes = await listNotifications(db(), user.id, pageParam.parse((await searchParams).page))
  const t = await getTranslations('notifications')
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t('title')}
        action={(await unreadCount()) > 0 && <ReadAll action={readNotificationsAction} notes={notes} />}
      />
      <AccountTabs current="notifications" />
      <NoteList notes={notes} path="/account/notifications" empty={t('emptyBody')} />
    </div>
  )
}
