import { Gavel, Scale } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ConsoleShell } from '@/components/console-shell'
import { requireArbitrator } from '@/lib/web/session'
import { Account } from '../_console/account'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('arbitration')
  return { title: { default: t('tag'), template: `%s · ${t('tag')}` }, robots: { index: false } }
}

/** The arbitrators' face; each page asks again, because layouts are not guards. */
export default async function ArbitrationLayout({ children }: { children: ReactNode }) {
  const user = await requireArbitrator()
  const t = await getTranslations('arbitration')
  const nav = [
    { href: '/arbitration', label: t('nav.cases'), icon: <Gavel aria-hidden /> },
    { href: '/failure-standard', label: t('nav.standard'), icon: <Scale aria-hidden /> },
  ]
  return (
    <ConsoleShell
      home="/arbitration"
      tag={t('tag')}
      nav={nav}
      account={<Account name={user.displayName} detail={user.email} />}
    >
      {children}
    </ConsoleShell>
  )
}
