import { Activity, BookText, Inbox, ReceiptText, Store, Tags } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ConsoleShell } from '@/components/console-shell'
import { requireOperator } from '@/lib/web/session'
import { Account } from '../_console/account'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin')
  return { title: { default: t('tag'), template: `%s · ${t('tag')}` }, robots: { index: false } }
}

/** The operators' face; each page asks again, because layouts are not guards. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const user = await requireOperator()
  const t = await getTranslations('admin')
  const nav = [
    { href: '/admin', label: t('nav.start'), icon: <Activity aria-hidden />, exact: true },
    { href: '/admin/orders', label: t('nav.orders'), icon: <ReceiptText aria-hidden /> },
    { href: '/admin/ledger', label: t('nav.ledger'), icon: <BookText aria-hidden /> },
    { href: '/admin/payments', label: t('nav.payments'), icon: <Inbox aria-hidden /> },
    { href: '/admin/merchants', label: t('nav.merchants'), icon: <Store aria-hidden /> },
    { href: '/admin/categories', label: t('nav.categories'), icon: <Tags aria-hidden /> },
  ]
  return (
    <ConsoleShell
      home="/admin"
      tag={t('tag')}
      nav={nav}
      account={<Account name={user.displayName} detail={user.email} />}
    >
      {children}
    </ConsoleShell>
  )
}
