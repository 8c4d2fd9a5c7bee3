import { NextIntlClientProvider } from 'next-intl'
import { getMessages, getTranslations } from 'next-intl/server'
import { MaskedCdk } from '@/components/cdk-code'
import { clientWords } from '@/components/client-messages'
import { Card } from '@/components/ui/card'
import type { OrderPage } from '@/lib/queries/order'
import { revealAction } from '../actions'
import { CdkPanel } from './cdk-panel'

/** The delivered CDKs, masked: what is sent to the browser knows their ids and when they were looked at, nothing else. */
export async function Codes({ order }: { order: OrderPage }) {
  const t = await getTranslations('order.reveal')
  const all = await getMessages()
  const live = order.cdks.filter(({ refunded, replaced }) => !refunded && !replaced)
  const hours = order.status === 'DELIVERED' ? order.snapshot.rules.inspectionHoursAfterReveal : null
  return (
    <Card
      title={t('title')}
      action={<span className="text-sm text-ink-soft">{t('count', { count: live.length })}</span>}
      id="codes"
    >
      <NextIntlClientProvider messages={{ ...clientWords(all), order: { reveal: all.order.reveal } }}>
        <CdkPanel
          number={order.number}
          cdks={order.cdks.map(({ id, revealedAt, refunded, replaced, complained, inFrozenBatch }) => ({
            id,
            revealedAt,
            refunded,
            replaced,
            complained,
            inFrozenBatch,
          }))}
          action={revealAction}
          mask={<MaskedCdk />}
          frozen={order.frozenAt !== null}
          claimable={order.frozenAt === null}
          {...(order.firstRevealedAt ? {} : { before: hours === null ? t('before') : t('beforeReveal', { hours }) })}
        />
      </NextIntlClientProvider>
    </Card>
  )
}
