import type { Report } from '@/lib/domain/provenance/report'
import type { CaseFile } from './case-file'
import type { Manifest } from './manifest'

/** Each check and what it proves when it holds. */
export const CASE_CHECKS = {
  archive: 'The archive is whole: every file in it can be read.',
  manifest: 'The list of files is complete of its form and was not written over.',
  signature: "The list of files was signed by the key of the mall's public log.",
  'trusted-key': 'That key is one that you trust, not merely one that the file brings along.',
  files: 'Every file is, byte for byte, the one that the list names; none is missing and none was added.',
  chain: 'What was said and done in the case is an unbroken chain: nothing was altered, taken out, put in or moved.',
  commitments: 'The texts shown are those that were written down at the time.',
  evidence: 'Every original file is the one whose hash the case took at its arrival.',
  snapshot: 'Product, price, rules and merchant are those that were frozen at purchase.',
  provenance: 'What happened to the CDKs stands in the public log, and the log names this case.',
  agreement: 'All parts speak of the same case and the same order.',
} as const
export type CaseCheckName = keyof typeof CASE_CHECKS

/** What a bundle does not show, however well it holds. */
export const CASE_LIMITS = {
  'statements-true': 'that what people stated, or what a picture shows, is true: only that it has not changed since',
  'code-worked': 'that a code worked or not: no code stands in this file',
  'as-of': 'what happened after the moment that the file names: a later bundle shows it',
  'one-chain':
    'that the mall told nobody another version of the conversation: compare with a bundle that somebody took earlier',
  'money-records': "that the provider says the same: payment facts are the mall's records, with references to ask for",
  withheld: 'the words of messages that their writer withdrew, and of what arbitrators said among themselves',
  'clock-right': "that the server's clock was right",
  'who-is-who': 'who stands behind a pseudonym',
} as const
export type CaseLimitName = keyof typeof CASE_LIMITS

export const CASE_PROBLEMS = {
  'zip-malformed': 'this is not a ZIP archive that can be read',
  'zip-truncated': 'the archive is cut off',
  'zip-unsupported':
    'the archive uses something that bundles do not (encryption, several volumes, another compression)',
  'zip-too-large': 'the archive holds more, or larger, files than any bundle',
  'zip-path': 'this name would lead out of the folder',
  'zip-twice': 'the archive has two files of this name',
  'file-damaged': 'this file is damaged or cut off inside the archive',
  'file-changed': 'this file is not the one that was signed',
  'file-missing': 'this file is missing',
  'file-extra': 'this file does not belong to the bundle',
  'file-absent': 'the mall no longer had this file when it made the bundle',
  'manifest-malformed': 'this is no list of files of a bundle',
  'manifest-not-canonical': 'the list of files was written over',
  'manifest-changed': 'this is not the list of files that was signed',
  'key-history': 'the keys that are named here do not follow each other',
  'signature-malformed': 'this is no signature of a list of files',
  'signature-missing': 'no key of the log has signed this',
  'signature-false': 'a signature does not hold',
  'needs-manifest': 'cannot be said without a list of files that holds',
  'needs-case': 'cannot be said without the case file',
  'no-trusted-key': 'no key was given to trust: anybody can make such a file. Give the key that the mall publishes',
  'trusted-key-malformed': 'a key given to trust is not one',
  'trusted-key-absent': 'none of the keys given to trust is a key of this log',
  'case-malformed': 'this is no case file',
  'order-malformed': 'this is no order file',
  'entry-seq': 'the number of the entry is not the next one',
  'entry-link': 'the entry does not follow the one before it',
  'entry-hash': 'the entry is not the one that its hash stands for',
  'entry-time': 'the entry is earlier than the one before it',
  'head-other': 'the chain does not end where the list of files says',
  'commitment-false': 'the text is not the one that was written down',
  'evidence-unrecorded': 'the case has taken no such file in',
  'evidence-other': 'the case took this file in with another hash',
  'snapshot-hash': 'the frozen order is not the one that its hash stands for',
  'proof-false': 'the proof of the CDKs does not hold',
  'proof-other': 'the proof is of another order or log',
  'proof-silent': 'the log does not name this case for this CDK',
  'proof-waiting': 'the log had not taken everything in yet: download the bundle again',
  'other-case': 'this is of another case or order',
} as const
export type CaseProblemCode = keyof typeof CASE_PROBLEMS

export interface CaseProblem {
  readonly code: CaseProblemCode
  /** The file's path in the bundle, with `entries.3` or a CDK's id behind a space; empty for the whole. */
  readonly where: string
}

export interface CaseCheck {
  readonly name: CaseCheckName
  /** `not-shown`: there is nothing to check here, or (with problems) what was asked for is lacking. */
  readonly outcome: 'proved' | 'refuted' | 'not-shown'
  readonly problems: readonly CaseProblem[]
}

export interface CaseReport {
  readonly verdict: Report['verdict']
  readonly checks: readonly CaseCheck[]
  readonly notProved: readonly CaseLimitName[]
  /** Null when it cannot be read. */
  readonly manifest: Manifest | null
  readonly caseFile: CaseFile | null
  /** Of the CDKs, from the log. */
  readonly proof: Report | null
}

/** What was found false refutes; what is merely absent does not. */
export function concludeCase(name: CaseCheckName, problems: readonly CaseProblem[], shown = true): CaseCheck {
  return { name, outcome: shown ? (problems.length > 0 ? 'refuted' : 'proved') : 'not-shown', problems }
}

export function caseVerdict(checks: readonly CaseCheck[]): CaseReport['verdict'] {
  if (checks.some(({ outcome }) => outcome === 'refuted')) return 'refuted'
  return checks.some(({ problems }) => problems.length > 0) ? 'unproved' : 'proved'
}
