import { canonicalJson } from '@/lib/kernel/canonical-json'
import { printable } from './printable'
import type { SealedEvent } from './proof-bundle'
import { CHECKS, type Check, type CheckpointFacts, LIMITS, PROBLEMS, type Report } from './report'

const VERDICTS: Readonly<Record<Report['verdict'], string>> = {
  proved: 'PROVED. Every check holds.',
  refuted: 'FALSE. At least one check does not hold; nothing in this file should be relied on.',
  unproved: 'NOT PROVED. Nothing was found false, but something that was asked for cannot be said.',
}
const MARKS: Readonly<Record<Check['outcome'], string>> = { proved: 'holds ', refuted: 'FALSE ', 'not-shown': '-     ' }

/** The report as plain English text: verdict, log, events, checks with what each proves, and what is not proved. */
export function describeReport(report: Report): string {
  const { bundle, checkpoint, older } = report
  const subject = bundle
    ? `Proof about ${bundle.subject.kind === 'order' ? 'order' : 'CDK'} ${bundle.subject.id}`
    : 'Proof'
  return [
    subject,
    VERDICTS[report.verdict],
    '',
    ...(checkpoint ? describeCheckpoint('Log', checkpoint) : []),
    ...(older ? describeCheckpoint('Goes on from', older) : []),
    ...(bundle?.chains ?? []).flatMap(describeChain),
    'Checks',
    ...report.checks.flatMap(describeCheck),
    '',
    'What this does not prove',
    ...report.notProved.map((limit) => `  - ${LIMITS[limit]}`),
    '',
  ].join('\n')
}

function describeCheckpoint(title: string, { origin, size, root, signedBy, cosignatures }: CheckpointFacts): string[] {
  return [
    `${title}: ${printable(origin)}, ${size.toLocaleString('en')} entries, root ${root}`,
    ...signedBy.map((vkey) => `  signed with ${printable(vkey)}`),
    ...cosignatures.map(({ name, at }) => `  cosigned by ${printable(name)} at ${moment(at * 1000)}`),
    '',
  ]
}

function describeChain(chain: readonly SealedEvent[]): string[] {
  const first = chain[0]?.event
  const lines = chain.map(({ event, opening, leaf }) => {
    const details = opening ? printable(canonicalJson(opening.data)) : '(details not shown)'
    return `  ${event.seq} ${event.type.padEnd(10)} ${moment(event.at)} ${event.actorPseudonym} entry ${leaf.index} ${details}`
  })
  return [`CDK ${first?.cdkId} of merchant ${first?.merchantId}`, ...lines, '']
}

function describeCheck({ name, outcome, problems }: Check): string[] {
  return [
    `  ${MARKS[outcome]} ${name}: ${CHECKS[name]}`,
    ...(outcome === 'not-shown' && problems.length === 0 ? ['           not shown by this bundle'] : []),
    ...problems.map(({ code, where }) => `           ${where === '' ? '' : `${printable(where)}: `}${PROBLEMS[code]}`),
  ]
}

/** A date, or the bare number where no calendar reaches. */
function moment(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? `${at} ms` : date.toISOString()
}
