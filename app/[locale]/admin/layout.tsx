import {
  Activity,
  Banknote,
  BookText,
  Boxes,
  ClipboardList,
  Copy,
  Gavel,
  Inbox,
  Landmark,
  MessageSquareWarning,
  ReceiptText,
  Scale,
  ShieldCheck,
  Store,
  Tags,
  TicketPercent,
  Undo2,
} from 'lucide-react'
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
    { href: '/admin/complaints', label: t('nav.complaints'), icon: <MessageSquareWarning aria-hidden /> },
    { href: '/admin/payments', label: t('nav.payments'), icon: <Banknote aria-hidden /> },
    { href: '/admin/refunds', label: t('nav.refunds'), icon: <Undo2 aria-hidden /> },
    { href: '/admin/disputes', label: t('nav.disputes'), icon: <Gavel aria-hidden /> },
    { href: '/admin/payouts', label: t('nav.payouts'), icon: <Landmark aria-hidden /> },
    { href: '/admin/fund', label: t('nav.fund'), icon: <ShieldCheck aria-hidden /> },
    { href: '/admin/reconciliation', label: t('nav.reconciliation'), icon: <Scale aria-hidden /> },
    { href: '/admin/events', label: t('nav.events'), icon: <Inbox aria-hidden /> },
    { href: '/admin/ledger', label: t('nav.ledger'), icon: <BookText aria-hidden /> },
    { href: '/admin/merchants', label: t('nav.merchants'), icon: <Store aria-hidden /> },
    { href: '/admin/batches', label: t('nav.batches'), icon: <Boxes aria-hidden /> },
    { href: '/admin/pairs', label: t('nav.pairs'), icon: <Copy aria-hidden /> },
    { href: '/admin/coupons', label: t('nav.coupons'), icon: <TicketPercent aria-hidden /> },
    { href: '/admin/categories', label: t('nav.categories'), icon: <Tags aria-hidden /> },
    { href: '/admin/log', label: t('nav.log'), icon: <ClipboardList aria-hidden /> },
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
