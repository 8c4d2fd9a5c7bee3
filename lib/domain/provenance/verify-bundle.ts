import { checkChains, checkCommitments, checkInclusion, checkSubject } from './check-events'
import { checkConsistency, checkTrust, readSignedState, readWitnesses } from './check-log'
import { readKeyHistory } from './key-history'
import { readBundle } from './proof-bundle'
import type { ProofBundle } from './proof-bundle'
import { type Check, LIMITS, type LimitName, type Problem, type Report, conclude, verdictOf } from './report'

/**
 * Checks the text of a proof bundle: needs no server, no database and no secret, and runs in a browser. `trustedKeys` are
 * vkeys that the reader has from elsewhere: the log's (any key of its history will do) and those of witnesses he insists
 * on. Without a key of the log the best verdict is `unproved`. Never throws on a bad file: it says what is bad.
 */
export async function verifyBundle(text: string, trustedKeys: readonly string[]): Promise<Report> {
  const read = readBundle(text)
  if (!read.bundle) {
    const checks = [conclude('format', [{ code: read.fault, where: read.where }])]
    return { ...NOTHING, verdict: verdictOf(checks), checks, notProved: limitsOf(checks) }
  }
  const { bundle } = read
  const log = await checkLog(bundle, trustedKeys)
  const checks = [
    conclude('format', []),
    ...log.checks,
    await checkChains(bundle),
    await checkInclusion(bundle, log.state.head),
    await checkCommitments(bundle),
    checkSubject(bundle),
  ]
  return {
    verdict: verdictOf(checks),
    checks,
    notProved: limitsOf(checks),
    bundle,
    checkpoint: log.state.facts,
    older: log.older?.facts ?? null,
  }
}

async function checkLog(bundle: ProofBundle, trustedKeys: readonly string[]) {
  const history = await readKeyHistory(bundle.log.firstKey, bundle.log.handovers)
  const keyProblems: Problem[] = history.sound ? [] : [{ code: history.fault, where: history.where }]
  const terms = history.sound ? history.terms : []
  const witnesses = await readWitnesses(bundle)
  const state = await readSignedState(bundle.checkpoint, 'checkpoint', terms, witnesses.keys)
  const older =
    bundle.older && (await readSignedState(bundle.older.checkpoint, 'older.checkpoint', terms, witnesses.keys))
  const trust = await checkTrust(trustedKeys, terms, state.facts)
  const checks: Check[] = [
    conclude('log-keys', keyProblems),
    conclude('checkpoint', [...(state.problem ? [state.problem] : []), ...witnesses.problems]),
    trust.trustedKey,
    trust.witnesses,
    await checkConsistency(bundle, older, state),
  ]
  return { checks, state, older }
}

const NOTHING = { bundle: null, checkpoint: null, older: null } as const

/** A witness that the reader trusts is what speaks against two views of the log. */
function limitsOf(checks: readonly Check[]): LimitName[] {
  const witnessed = checks.some(({ name, outcome }) => name === 'witnesses' && outcome === 'proved')
  return (Object.keys(LIMITS) as LimitName[]).filter((limit) => limit !== 'one-view' || !witnessed)
}
