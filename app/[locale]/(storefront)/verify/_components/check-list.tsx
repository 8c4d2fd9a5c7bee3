import { useTranslations } from 'next-intl'
import type { Check, Problem } from '@/lib/domain/provenance'
import { printable } from '@/lib/domain/provenance/printable'
import { placeOf } from '../place'
import { CheckRow } from './check-row'

/** Every check with what came of it, what it proves, and each problem by name and place. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const t = useTranslations('provenance')
  return (
    <ul className="grid gap-4">
      {checks.map(({ name, outcome, problems }) => (
        <CheckRow
          key={name}
          name={name}
          outcome={outcome}
          title={t(`check.${name}.name`)}
          verdict={t(`outcome.${outcome}`)}
          proves={t(`check.${name}.proves`)}
          notShown={outcome === 'not-shown' && problems.length === 0 && t('outcome.notShownText')}
        >
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
        </CheckRow>
      ))}
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
