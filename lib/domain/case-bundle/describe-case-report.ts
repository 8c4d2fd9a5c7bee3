import { describeReport } from '@/lib/domain/provenance/describe-report'
import { printable } from '@/lib/domain/provenance/printable'
import { CASE_CHECKS, CASE_LIMITS, CASE_PROBLEMS, type CaseCheck, type CaseReport } from './report'

const VERDICTS: Readonly<Record<CaseReport['verdict'], string>> = {
  proved: 'PROVED. Every check holds.',
  refuted: 'FALSE. At least one check does not hold; what is named below should not be relied on.',
  unproved: 'NOT PROVED. Nothing was found false, but something that was asked for cannot be said.',
}
const MARKS: Readonly<Record<CaseCheck['outcome'], string>> = {
  proved: 'holds ',
  refuted: 'FALSE ',
  'not-shown': '-     ',
}
/** A file of ten thousand faults is as false as one of fifty. */
const MOST_PROBLEMS = 50

/** The report as plain English text, the log's own report on the CDKs behind it. */
export function describeCaseReport(report: CaseReport): string {
  const { manifest, proof } = report
  return [
    manifest
      ? `Case ${printable(manifest.caseNumber)} about order ${printable(manifest.orderNumber)}, as of ${manifest.asOf}`
      : 'Case bundle',
    VERDICTS[report.verdict],
    ...(manifest
      ? [
          '',
          `Chain of the case: ${manifest.head.seq + 1} entries, head ${manifest.head.hash}`,
          `Files: ${manifest.files.length}`,
        ]
      : []),
    '',
    'Checks',
    ...report.checks.flatMap(describeCheck),
    '',
    'What this does not prove',
    ...report.notProved.map((limit) => `  - ${CASE_LIMITS[limit]}`),
    '',
    ...(proof ? ['The CDKs in the public log', '', describeReport(proof)] : []),
  ].join('\n')
}

function describeCheck({ name, outcome, problems }: CaseCheck): string[] {
  return [
    `  ${MARKS[outcome]} ${name}: ${CASE_CHECKS[name]}`,
    ...(outcome === 'not-shown' && problems.length === 0 ? ['           not shown by this bundle'] : []),
    ...problems
      .slice(0, MOST_PROBLEMS)
      .map(({ code, where }) => `           ${where === '' ? '' : `${printable(where)}: `}${CASE_PROBLEMS[code]}`),
    ...(problems.length > MOST_PROBLEMS ? [`           and ${problems.length - MOST_PROBLEMS} more`] : []),
  ]
}
