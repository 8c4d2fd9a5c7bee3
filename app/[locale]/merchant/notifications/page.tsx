import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { listNotifications } from '@/lib/queries/notifications'
import { requireMerchantUser, unreadCount } from '@/lib/web/session'
import { type SearchParams, pageParam } from '../../_console/params'
import { readMerchantNotificationsAction } from '../../_notifications/actions'
import { NoteList, ReadAll } from '../../_notifications/note-list'

export async function generateMetadata() {
  return { title: (await getTranslations('notifications'))('title') }
}

export default async function MerchantNotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const user = await requireMerchantUser()
  const notes = await listNotifications(db(), user.id, pageParam.parse((await searchParams).page))
  const t = await getTranslations('notifications')
  return (
    <>
      <PageHeader
        title={t('title')}
        action={(await unreadCount()) > 0 && <ReadAll action={readMerchantNotificationsAction} notes={notes} />}
      />
      <NoteList notes={notes} path="/merchant/notifications" empty={t('emptyMerchant')} />
    </>
  )
}
