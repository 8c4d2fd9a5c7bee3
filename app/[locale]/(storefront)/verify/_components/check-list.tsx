import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from '@/components/ui/cx'
import type { Check, Problem } from '@/lib/domain/provenance'
import { printable } from '@/lib/domain/provenance/printable'
import { placeOf } from '../place'

const LOOKS = {
  proved: { Icon: CircleCheck, tint: 'text-jade' },
  refuted: { Icon: CircleX, tint: 'text-danger' },
  'not-shown': { Icon: CircleDashed, tint: 'text-ink-soft' },
} as const

/** Every check with what came of it, what it proves, and each problem by name and place. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const t = useTranslations('provenance')
  return (
    <ul className="grid gap-4">
      {checks.map(({ name, outcome, problems }) => {
        const { Icon, tint } = LOOKS[outcome]
        return (
          <li key={name} className="flex items-start gap-3" data-check={name} data-outcome={outcome}>
            <Icon aria-hidden className={cx('mt-0.5 size-5 shrink-0', tint)} />
            <div className="grid min-w-0 gap-0.5">
              <p className="font-medium">
                {t(`check.${name}.name`)} <span className={cx('ms-1', tint)}>{t(`outcome.${outcome}`)}</span>
              </p>
              <p className="text-sm text-ink-soft">{t(`check.${name}.proves`)}</p>
              {outcome === 'not-shown' && problems.length === 0 && (
                <p className="text-sm text-ink-soft">{t('outcome.notShownText')}</p>
              )}
              {problems.length > 0 && (
                <ul className="grid gap-1 border-s-2 border-current ps-3">
                  {problems.slice(0, MOST_PROBLEMS).map((problem) => (
                    <li key={`${problem.code} ${problem.where}`}>
                      <ProblemText problem={problem} />
                    </li>
                  ))}
                  {problems.length > MOST_PROBLEMS && (
                    <li className="text-sm">{t('verify.moreProblems', { count: problems.length - MOST_PROBLEMS })}</li>
                  )}
                </ul>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** A file of ten thousand faults is as false as one of fifty. */
const MOST_PROBLEMS = 50

function ProblemText({ problem: { code, where } }: { problem: Problem }) {
  const t = useTranslations('provenance')
  const { kind, ...numbers } = placeOf(where)
  return (
    <>
      {t(`problem.${code}`)}
      {where !== '' && (
        <span className="block text-sm text-ink-soft">
          {t(`where.${kind}`, { cdk: 0, event: 0, at: 0, ...numbers })}{' '}
          <code className="font-mono break-all">
            <bdi>{printable(where)}</bdi>
          </code>
        </span>
      )}
    </>
  )
}
