import { FileText, House, Landmark, Package, ReceiptText, Scale, TicketPercent, Upload, Wallet } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ConsoleShell } from '@/components/console-shell'
import { requireMerchantUser, unreadCount } from '@/lib/web/session'
import { Account } from '../_console/account'
import { Bell } from '../_notifications/bell'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant')
  return { title: { default: t('tag'), template: `%s · ${t('tag')}` }, robots: { index: false } }
}

/** The merchant's face: only its own people get in; each page asks again, because layouts are not guards. */
export default async function MerchantLayout({ children }: { children: ReactNode }) {
  const user = await requireMerchantUser()
  const t = await getTranslations('merchant')
  const nav = [
    { href: '/merchant', label: t('nav.start'), icon: <House aria-hidden />, exact: true },
    { href: '/merchant/orders', label: t('nav.orders'), icon: <ReceiptText aria-hidden /> },
    { href: '/merchant/complaints', label: (await getTranslations('claims'))('nav'), icon: <Scale aria-hidden /> },
    { href: '/merchant/products', label: t('nav.products'), icon: <Package aria-hidden /> },
    { href: '/merchant/stock', label: t('nav.stock'), icon: <Upload aria-hidden /> },
    { href: '/merchant/balance', label: t('nav.balance'), icon: <Wallet aria-hidden /> },
    { href: '/merchant/payouts', label: t('nav.payouts'), icon: <Landmark aria-hidden /> },
    { href: '/merchant/statements', label: t('nav.statements'), icon: <FileText aria-hidden /> },
    { href: '/merchant/coupons', label: t('nav.coupons'), icon: <TicketPercent aria-hidden /> },
  ]
  return (
    <ConsoleShell
      home="/merchant"
      tag={t('tag')}
      nav={nav}
      account={<Account name={user.displayName} detail={user.email} />}
      bell={<Bell href="/merchant/notifications" unread={await unreadCount()} />}
    >
      {children}
    </ConsoleShell>
  )
}
