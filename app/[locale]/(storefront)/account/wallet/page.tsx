import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TOP_UP_LIMITS } from '@/lib/domain/orders'
import { db } from '@/lib/infra/db'
import { formatMoney } from '@/lib/kernel/money'
import { type TopUp, WALLET_CURRENCY, findWalletBalance, listTopUps, listWalletLines } from '@/lib/queries/order'
import { run } from '@/lib/web/action'
import { requireBuyer } from '@/lib/web/session'
import { syncOnVisit } from '@/lib/web/sync-on-visit'
import { pageParam } from '../../../_console/params'
import { AccountTabs } from '../_components/account-tabs'
import { TopUps } from './_components/top-ups'
import { WalletLines } from './_components/wallet-lines'
import { topUpAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order.wallet')
  return { title: t('title'), robots: { index: false }, referrer: 'same-origin' }
}

const NOTICES = {
  later: { kind: 'warn', title: 'down', body: 'downBody' },
  refused: { kind: 'warn', title: 'refused', body: 'refusedBody' },
  returned: { kind: 'info', title: 'returned', body: 'returnedBody' },
} as const

/** A buyer's wallet: what it holds, the way to put more in, and everything that moved it, from the ledger. */
export default async function WalletPage({ searchParams }: PageProps<'/[locale]/account/wallet'>) {
  const user = await requireBuyer()
  const { page: asked, topUp: named, pay } = await searchParams
  const now = new Date()
  const topUps = await readTopUps(user.id, now)
  const [balanceMinor, lines] = await Promise.all([
    findWalletBalance(db(), user.id),
    listWalletLines(db(), user.id, pageParam.parse(asked)),
  ])
  const t = await getTranslations('order.wallet')
  const locale = await getLocale()
  const said = (minor: number) => formatMoney(minor, WALLET_CURRENCY, locale)
  const visited = topUps.find(({ id }) => id === named)
  const notice = pay === 'later' || pay === 'refused' || pay === 'returned' ? NOTICES[pay] : null
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <div className="min-w-0">
        <PageHeader title={t('title')}>
          <p>{t('lead')}</p>
        </PageHeader>
        <AccountTabs current="wallet" />
        {visited?.paid ? (
          <Notice kind="success" title={t('arrived')}>
            {said(visited.amountMinor)}
          </Notice>
        ) : (
          visited &&
          notice && (
            <Notice kind={notice.kind} title={t(notice.title)}>
              {t(notice.body)}
            </Notice>
          )
        )}
      </div>
      <div className="grid items-start gap-6 sm:grid-cols-2">
        <Card title={t('balance')}>
          <Money minor={balanceMinor} currency={WALLET_CURRENCY} className="text-3xl font-semibold" />
        </Card>
        <Card title={t('topUp')}>
          <ActionForm action={topUpAction} failed={t('failed')} className="grid gap-4">
            <input type="hidden" name="idempotencyKey" value={randomUUID()} />
            <FormText
              label={t('amount')}
              hint={t('amountHint', { least: said(TOP_UP_LIMITS.least), most: said(TOP_UP_LIMITS.most) })}
              name="amount"
              inputMode="decimal"
              autoComplete="off"
              maxLength={11}
            />
            <SubmitButton wide>{t('submit')}</SubmitButton>
            <p className="text-sm text-ink-soft">{t('submitNote')}</p>
          </ActionForm>
        </Card>
      </div>
      <TopUps topUps={topUps} now={now} />
      <WalletLines lines={lines} />
    </div>
  )
}

/** The latest top-ups; of those unpaid, the provider is asked again (back from its page, usually). */
async function readTopUps(userId: string, now: Date): Promise<TopUp[]> {
  const topUps = await listTopUps(db(), userId, now)
  const news = await Promise.all(
    topUps.map(({ id: checkoutId, paid, paymentOpened, createdAt: since }) =>
      syncOnVisit(run, { checkoutId, unpaid: !paid, paymentOpened, since }, now),
    ),
  )
  return news.includes(true) ? listTopUps(db(), userId, now) : topUps
}
