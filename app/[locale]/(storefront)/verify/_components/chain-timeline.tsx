import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SealedEvent } from '@/lib/domain/provenance'
import { printable } from '@/lib/domain/provenance/printable'
import { Moment } from './moment'

/** Shown of a chain; what is checked is all of it. */
const MOST_EVENTS = 200

interface Props {
  readonly chain: readonly SealedEvent[]
  /** Which events of it something is wrong with. */
  readonly faulty: ReadonlySet<number>
}

/** The life of one CDK as a proof tells it. */
export function ChainTimeline({ chain, faulty }: Props) {
  const t = useTranslations('provenance')
  return (
    <ol className="grid gap-3 border-s-2 border-line ps-4">
      {chain.slice(0, MOST_EVENTS).map((sealed, at) => (
        <li key={`${at} ${sealed.event.hash}`} className="grid gap-x-4 sm:grid-cols-[11rem_1fr]">
          <Moment at={sealed.event.at} className="text-sm leading-6 text-ink-soft" />
          <div className="min-w-0">
            <p>
              <span className="font-medium">{t(`event.${sealed.event.type}`)}</span>
              <span className="text-ink-soft"> · {t(`role.${roleOf(sealed)}`)}</span>
            </p>
            {faulty.has(at) && (
              <p className="flex items-center gap-1.5 font-medium text-danger">
                <TriangleAlert aria-hidden className="size-4 shrink-0" />
                {t('timeline.faulty')}
              </p>
            )}
            <p className="text-sm text-ink-soft">{t('verify.leaf', { index: sealed.leaf.index })}</p>
            <Details sealed={sealed} />
          </div>
        </li>
      ))}
      {chain.length > MOST_EVENTS && <li>{t('verify.moreEvents', { count: chain.length - MOST_EVENTS })}</li>}
    </ol>
  )
}

const ROLES = ['buyer', 'merchant', 'operator', 'arbitrator'] as const

/** The schema has made sure of the form: a role and a hash, or the system. */
function roleOf({ event }: SealedEvent) {
  return ROLES.find((role) => event.actorPseudonym.startsWith(`${role}:`)) ?? 'system'
}

const NAMED = ['orderId', 'batchId'] as const

function Details({ sealed: { opening } }: { sealed: SealedEvent }) {
  const t = useTranslations('provenance.detail')
  if (!opening) return <p className="text-sm text-ink-soft">{t('hidden')}</p>
  return (
    <dl className="text-sm text-ink-soft">
      {Object.entries(opening.data).map(([name, value]) => {
        const named = NAMED.find((known) => known === name)
        return (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt>{named ? t(named) : <bdi>{printable(name)}</bdi>}</dt>
            <dd className="min-w-0 font-mono break-all">
              <bdi>{printable(String(value))}</bdi>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
