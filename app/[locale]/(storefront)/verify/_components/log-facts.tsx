import { useTranslations } from 'next-intl'
import { Fact, Facts } from '@/app/[locale]/_console/facts'
import type { CheckpointFacts } from '@/lib/domain/provenance'
import { printable } from '@/lib/domain/provenance/printable'
import { Moment } from './moment'

/** The state of the log that a proof refers to, or the older one that it goes on from. */
export function LogFacts({ facts }: { facts: CheckpointFacts }) {
  const t = useTranslations('provenance.verify')
  return (
    <Facts>
      <Fact term={t('origin')}>
        <bdi>{printable(facts.origin)}</bdi>
      </Fact>
      <Fact term={t('size')}>{t('entries', { count: facts.size })}</Fact>
      <Fact term={t('root')}>
        <code className="font-mono text-sm break-all">{facts.root}</code>
      </Fact>
      <Fact term={t('signedBy')}>
        {facts.signedBy.map((vkey) => (
          <code key={vkey} className="block font-mono text-sm break-all">
            {printable(vkey)}
          </code>
        ))}
      </Fact>
      {facts.cosignatures.length > 0 && (
        <Fact term={t('cosignedBy')}>
          {facts.cosignatures.map(({ name, vkey, at }) => (
            <span key={vkey} className="block break-words">
              <bdi>{t('cosigned', { name: printable(name) })}</bdi>
              <Moment at={at * 1000} />
            </span>
          ))}
        </Fact>
      )}
    </Facts>
  )
}
