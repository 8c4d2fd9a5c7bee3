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
import { ActionLog } from '../../_components/action-log'
import { OrderLinks } from '../../_components/cells'
import { RetryEventForm } from '../../_components/retry-event-form'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.events'))('one') }
}

/** One callback with its body, as it came; an unbelieved one is evidence, so it is shown but never acted on. */
export default async function EventPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const { event, actions } = (await findInboxEvent(db(), requireId((await params).id))) ?? notFound()
  const [t, c] = [await getTranslations('admin.events'), await getTranslations('console.column')]
  const effect = `effect.${event.subject?.kind ?? ''}` as 'effect.payment'
  return (
    <>
      <PageHeader
        title={t('one')}
        back={{ href: '/admin/events', label: t('title') }}
        action={<VerdictBadge verdict={event.verdict} />}
      />
      <div className="grid gap-5">
        {event.verdict === 'DEAD' && (
          <Card title={t('decide')}>
            <RetryEventForm eventId={event.id} />
          </Card>
        )}
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
            {event.dueAt && (
              <Fact term={c('dueAt')}>
                <DateTime at={event.dueAt} style="second" />
              </Fact>
            )}
            <Fact term={c('reason')}>{event.reason ? <ReasonText reason={event.reason} /> : '–'}</Fact>
            <Fact term={c('attempts')}>{event.attempts}</Fact>
            {event.lastError && (
              <Fact term={c('lastError')}>
                <span className="text-danger">{event.lastError}</span>
              </Fact>
            )}
            <Fact term={c('provider')}>{event.provider}</Fact>
            <Fact term={c('type')}>
              <span className="break-all">{event.type ?? '–'}</span>
            </Fact>
            <Fact term={t('subject')}>
              {event.subject ? (
                <>
                  {Object.entries(event.subject).map(([name, value]) => (
                    <span key={name} className="block break-all">
                      <span className="text-ink-soft">{name}</span> {value ?? '–'}
                    </span>
                  ))}
                  {t.has(effect) && <span className="block text-sm text-ink-soft">{t(effect)}</span>}
                </>
              ) : (
                t('noSubject')
              )}
            </Fact>
            <Fact term={t('eventRef')}>
              {event.eventRef ? <CopyId id={event.eventRef} what={t('eventRef')} whole /> : t('noRef')}
            </Fact>
            <Fact term={c('order')}>
              <OrderLinks orders={event.orders} />
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
        <ActionLog actions={actions} />
      </div>
    </>
  )
}
