import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'
import { ClientMessages } from '@/components/client-messages'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { logKeys } from '@/lib/infra/log-key'
import { findLogKey } from '@/lib/queries/provenance'
import { OfflineCommand } from './_components/offline-command'
import { Verifier } from './_components/verifier'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('provenance.verify')
  return pageMetadata({
    title: t('title'),
    description: t('metaDescription'),
    path: '/verify',
    locale: await getLocale(),
  })
}

/** Anybody verifies a proof here, in his own browser; the server only says which key the log has. */
export default async function VerifyPage() {
  const t = await getTranslations('provenance.verify')
  const vkey = await findLogKey(db(), logKeys())
  return (
    <div className="mx-auto grid max-w-3xl">
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <div className="grid gap-6">
        <noscript>
          <Notice kind="warn" title={t('noScriptTitle')}>
            {t('noScript')}
            <OfflineCommand vkey={vkey} />
          </Notice>
        </noscript>
        <ClientMessages namespaces={['provenance', 'bundle']}>
          <Verifier ownKey={vkey} />
        </ClientMessages>
        <Card title={t('offlineTitle')}>
          <p className="text-ink-soft">{t('offline')}</p>
          <OfflineCommand vkey={vkey} />
        </Card>
      </div>
    </div>
  )
}
