import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { findInboxEvent } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { VerdictBadge } from '../../../_console/badges'
import { CopyId } from '../../../_console/copy-id'
import { Fact, Facts } from '../../../_console/facts'
import { requireId } from '../../../_console/params'
import { ReasonText } from '../../../_console/reason-text'
import { TextLink } from '../../../_console/text-link'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.payments'))('event') }
}

/** One callback with its body, as it came; an unbelieved one is evidence, so it is shown but never acted on. */
export default async function EventPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const event = (await findInboxEvent(db(), requireId((await params).id))) ?? notFound()
  const [t, c] = [await getTranslations('admin.payments'), await getTranslations('console.column')]
  return (
    <>
      <PageHeader
        title={t('event')}
        back={{ href: '/admin/payments', label: t('inbox') }}
        action={<VerdictBadge verdict={event.verdict} />}
      />
      <div className="grid gap-5">
        <Card>
          <Facts>
            <Fact term={c('receivedAt')}>
              <DateTime at={event.receivedAt} style="second" />
            </Fact>
            {event.handledAt && (
              <Fact term={t('handledAt')}>
                <DateTime at={event.handledAt} style="second" />
              </Fact>
            )}
            <Fact term={c('reason')}>{event.reason ? <ReasonText reason={event.reason} /> : '–'}</Fact>
            <Fact term={c('provider')}>{event.provider}</Fact>
            <Fact term={c('type')}>{event.type ?? '–'}</Fact>
            <Fact term={t('eventRef')}>
              {event.eventRef ? <CopyId id={event.eventRef} what={t('eventRef')} whole /> : t('noRef')}
            </Fact>
            <Fact term={c('order')}>
              {event.orderId && event.orderNumber ? (
                <TextLink href={`/admin/orders/${event.orderId}`}>{event.orderNumber}</TextLink>
              ) : (
                '–'
              )}
            </Fact>
          </Facts>
        </Card>
        <Card title={t('body')}>
          <pre
            tabIndex={0}
            className="max-h-96 overflow-auto rounded-md bg-sunken p-3 font-mono text-sm break-all whitespace-pre-wrap"
          >
            {event.body}
          </pre>
        </Card>
      </div>
    </>
  )
}
