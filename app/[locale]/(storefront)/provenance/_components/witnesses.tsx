import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import type { LogPage } from '@/lib/queries/provenance'

interface Props {
  /** vkeys of the witnesses that the mall asks. */
  readonly named: readonly string[]
  readonly signed: LogPage['witnesses']
}

/** Who watches the log, with the key of each and when it signed last. */
export function Witnesses({ named, signed }: Props) {
  const t = useTranslations('provenance.log')
  const vkeys = [...new Set([...named, ...signed.map(({ vkey }) => vkey)])]
  return (
    <>
      <p className="text-ink-soft">{t('witnessesText')}</p>
      {vkeys.length === 0 && <p className="mt-2">{t('witnessesNone')}</p>}
      {vkeys.length > 0 && (
        <ul className="mt-3 grid gap-3">
          {vkeys.map((vkey) => {
            const last = signed.find((witness) => witness.vkey === vkey)
            return (
              <li key={vkey} className="grid gap-0.5">
                <span className="font-medium break-all">{vkey.split('+')[0]}</span>
                <code className="font-mono text-sm break-all text-ink-soft">{vkey}</code>
                <span className="text-sm text-ink-soft">
                  {last ? (
                    <>
                      {t('witnessAt')} <DateTime at={last.at} style="second" /> · {t('entries', { count: last.size })}
                    </>
                  ) : (
                    t('witnessNever')
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}
