import type { KeyHistoryFault } from './key-history'
import type { BundleFault, ProofBundle } from './proof-bundle'
import type { ChainFault } from './verify-chain'

/** Each check and what it proves when it holds. */
export const CHECKS = {
  format: 'The file is a complete proof bundle and nothing in it is left over or written twice.',
  'log-keys': 'Every change of the key of the log was signed by the key that went and the key that came.',
  checkpoint: 'The state of the log that this bundle refers to was signed by the key of the log.',
  'trusted-key': 'The key of the log is one that you trust, not merely one that the bundle brings along.',
  witnesses: 'Witnesses that you trust saw this state of the log and that it went on from all they had seen before.',
  consistency: 'The log still begins with everything that the older checkpoint held, unchanged and in the same order.',
  chain:
    'The events of each CDK are an unbroken chain from its import on; none was altered, taken out, put in or moved.',
  inclusion: 'Every event stands in the log at its place, and the log has them in the order of the chain.',
  commitments: 'The details shown are those that were recorded with the events.',
  subject: 'The events are those of the order or CDK that the bundle names.',
} as const

export type CheckName = keyof typeof CHECKS

/** What a proof of Keybond's log does not show, however well it holds. */
export const LIMITS = {
  'code-worked': 'that a code worked, or what it was worth: a log proves order and non-alteration, not quality',
  'statements-true': 'that what people stated, such as a complaint or a ruling, is true: only that it was recorded so',
  'later-events': 'that nothing happened to a CDK after the last event shown',
  'same-code-twice': 'that the same code was not imported once more as another CDK',
  'clock-right': "that the server's clock was right: times never run backwards, and a witness's time is its own",
  'who-is-who': 'who stands behind a pseudonym',
  'one-view':
    'that everybody is shown the same log: compare the checkpoint with others, or trust a witness that cosigned it',
} as const

export type LimitName = keyof typeof LIMITS

export const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  'not-json': 'this is not JSON',
  'not-a-bundle': 'this is missing, left over or not of its form',
  'not-canonical': 'the file was written over since it was issued (white space, order, spelling or a member twice)',
  'key-malformed': 'this is no key of a log, or its id is not that of its name and key',
  'handover-malformed': 'this is no change of the key of a log',
  'handover-signature': 'this change of key is not signed by both keys, and by them only',
  'handover-order': 'this change of key does not follow the one before',
  'checkpoint-malformed': 'this is not a signed checkpoint',
  'checkpoint-origin': 'this checkpoint is of another log',
  'signature-missing': 'no key of the log has signed this',
  'signature-false': 'a signature does not hold',
  'signature-unknown': 'a signature is by a key that the bundle does not name',
  'signature-term': 'the key that signed was not the key of the log at this size',
  'witness-malformed': 'this is no key of a witness, or it has signed nothing here',
  'no-trusted-key': 'no key was given to trust: anybody can make such a log. Give the key that the mall publishes',
  'trusted-key-malformed': 'a key given to trust is not one',
  'trusted-key-absent': 'none of the keys given to trust is a key of this log',
  'trusted-witness-absent': 'a witness given to trust has not cosigned this checkpoint',
  'consistency-false': 'the log does not go on from this older checkpoint',
  'event-hash': 'the event is not the one that its hash stands for',
  'event-seq': 'the number of the event is not the next one',
  'event-link': 'the event does not follow the one before it',
  'event-owner': 'the event is of another CDK or merchant',
  'event-first': 'a chain begins with the import and has no other',
  'event-time': 'the event is earlier than the one before it',
  'chain-twice': 'the CDK has another chain in this bundle',
  'not-in-tree': 'the event is not in the log at this place',
  'log-order': 'the log has the event before the one that it follows',
  'commitment-false': 'the details are not those that the event was recorded with',
  'subject-other': 'the events are of another order or CDK',
  'subject-unopened': 'the details are not shown, so it cannot be said which order the events are of',
  'needs-checkpoint': 'cannot be said without a checkpoint that holds',
}

export type ProblemCode =
  | BundleFault
  | KeyHistoryFault
  | ChainFault
  | `checkpoint-${'malformed' | 'origin'}`
  | `signature-${'missing' | 'false' | 'unknown' | 'term'}`
  | 'witness-malformed'
  | 'no-trusted-key'
  | `trusted-key-${'malformed' | 'absent'}`
  | 'trusted-witness-absent'
  | 'consistency-false'
  | 'chain-twice'
  | 'not-in-tree'
  | 'log-order'
  | 'commitment-false'
  | `subject-${'other' | 'unopened'}`
  | 'needs-checkpoint'

export interface Problem {
  readonly code: ProblemCode
  /** Path into the bundle, such as `chains.0.2.event`; empty for the whole of it. */
  readonly where: string
}

export interface Check {
  readonly name: CheckName
  /** `not-shown`: the bundle has nothing to check here, or (with problems) lacks what was asked for. */
  readonly outcome: 'proved' | 'refuted' | 'not-shown'
  readonly problems: readonly Problem[]
}

export interface CheckpointFacts {
  readonly origin: string
  readonly size: number
  /** Hex. */
  readonly root: string
  /** vkeys of the log that signed. */
  readonly signedBy: readonly string[]
  readonly cosignatures: readonly { readonly name: string; readonly vkey: string; readonly at: number }[]
}

export interface Report {
  /** `refuted`: something is false. `unproved`: nothing is, but something that was asked for cannot be said. */
  readonly verdict: 'proved' | 'refuted' | 'unproved'
  readonly checks: readonly Check[]
  readonly notProved: readonly LimitName[]
  readonly bundle: ProofBundle | null
  readonly checkpoint: CheckpointFacts | null
  readonly older: CheckpointFacts | null
}

/** What was found false refutes; what is merely absent does not. */
export function conclude(name: CheckName, problems: readonly Problem[], shown = true): Check {
  return { name, outcome: shown ? (problems.length > 0 ? 'refuted' : 'proved') : 'not-shown', problems }
}

export function verdictOf(checks: readonly Check[]): Report['verdict'] {
  if (checks.some(({ outcome }) => outcome === 'refuted')) return 'refuted'
  return checks.some(({ problems }) => problems.length > 0) ? 'unproved' : 'proved'
}
