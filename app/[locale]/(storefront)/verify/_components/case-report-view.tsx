import { useTranslations } from 'next-intl'
import { Fact, Facts } from '@/app/[locale]/_console/facts'
import { Card } from '@/components/ui/card'
import type { CaseCheck, CaseProblem, CaseReport } from '@/lib/domain/case-bundle'
import { printable } from '@/lib/domain/provenance/printable'
import { CheckRow } from './check-row'
import { Moment } from './moment'
import { ReportView } from './report-view'
import { VerdictOf } from './verdict-banner'

const MOST_PROBLEMS = 50

/** The report on the file of a case: verdict, checks, limits, what it is of, and the log's own report on the CDKs. */
export function CaseReportView({ report, file }: { report: CaseReport; file: string }) {
  const t = useTranslations('bundle.verify')
  const { verdict, manifest, checks, notProved, proof } = report
  const about = manifest && {
    number: printable(manifest.caseNumber),
    order: printable(manifest.orderNumber),
    at: printable(manifest.asOf),
  }
  return (
    <div className="grid gap-5">
      <VerdictOf verdict={verdict} about={about && t('about', about)} file={file} />
      <ChecksOf checks={checks} />
      <LimitsOf limits={notProved} />
      {manifest && (
        <Card title={t('file')}>
          <Facts>
            <Fact term={t('case')}>
              <bdi>{t('titleOf', { number: printable(manifest.caseNumber) })}</bdi>
            </Fact>
            <Fact term={t('asOf')}>
              <Moment at={Date.parse(manifest.asOf)} />
            </Fact>
            <Fact term={t('files')}>{t('filesOf', { count: manifest.files.length })}</Fact>
            <Fact term={t('head')}>
              {t('headOf', { seq: manifest.head.seq })}{' '}
              <code className="font-mono text-sm break-all">{manifest.head.hash}</code>
            </Fact>
            <Fact term={t('origin')}>
              <bdi>{printable(manifest.log.origin)}</bdi>
            </Fact>
          </Facts>
        </Card>
      )}
      {proof && (
        <section className="grid gap-3">
          <h2 className="text-xl font-semibold">{t('proof')}</h2>
          <p className="text-ink-soft">{t('proofLead')}</p>
          <ReportView report={proof} file={`${file} · provenance/order.json`} />
        </section>
      )}
    </div>
  )
}

function ChecksOf({ checks }: { checks: readonly CaseCheck[] }) {
  const t = useTranslations('bundle.verify')
  const heading = useTranslations('provenance.verify')
  return (
    <Card title={heading('checks')}>
      <ul className="grid gap-4">
        {checks.map(({ name, outcome, problems }) => (
          <CheckRow
            key={name}
            name={name}
            outcome={outcome}
            title={t(`check.${name}.name`)}
            verdict={t(`outcome.${outcome}`)}
            proves={t(`check.${name}.proves`)}
            notShown={outcome === 'not-shown' && problems.length === 0 && t('notShown')}
          >
            <ProblemsOf problems={problems} />
          </CheckRow>
        ))}
      </ul>
    </Card>
  )
}

function ProblemsOf({ problems }: { problems: readonly CaseProblem[] }) {
  const t = useTranslations('bundle.verify')
  if (problems.length === 0) return null
  return (
    <ul className="grid gap-1 border-s-2 border-current ps-3">
      {problems.slice(0, MOST_PROBLEMS).map(({ code, where }) => (
        <li key={`${code} ${where}`}>
          {t(`problem.${code}`)}
          {where !== '' && (
            <code className="block font-mono text-sm break-all text-ink-soft">
              <bdi>{printable(where)}</bdi>
            </code>
          )}
        </li>
      ))}
      {problems.length > MOST_PROBLEMS && <li>{t('more', { count: problems.length - MOST_PROBLEMS })}</li>}
    </ul>
  )
}

function LimitsOf({ limits }: { limits: CaseReport['notProved'] }) {
  const t = useTranslations('bundle.verify')
  const words = useTranslations('provenance.verify')
  return (
    <Card title={words('notProved')}>
      <p className="text-ink-soft">{words('notProvedLead')}</p>
      <ul className="mt-2 grid list-disc gap-1.5 ps-5 marker:text-amber">
        {limits.map((limit) => (
          <li key={limit}>{t(`limit.${limit}`)}</li>
        ))}
      </ul>
    </Card>
  )
}
