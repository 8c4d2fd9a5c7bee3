import { fromHex, toHex } from './bytes'
import { digestsOf } from './check-log'
import { commitmentPreimage } from './commitment'
import { digest } from './digest'
import { chainTagPreimage, encodeLogEntry } from './log-entry'
import { leafPreimage } from './merkle-hash'
import type { ProofBundle, SealedEvent } from './proof-bundle'
import { type Check, type Problem, conclude } from './report'
import { verifyChain } from './verify-chain'
import { type TreeHead, verifyInclusion } from './verify-proofs'

/** The chains: each unbroken, no CDK twice. */
export async function checkChains({ chains }: ProofBundle): Promise<Check> {
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const [at, chain] of chains.entries()) {
    const verdict = await verifyChain(chain.map(({ event }) => event))
    if (!verdict.sound) problems.push({ code: verdict.fault, where: `chains.${at}.${verdict.at}.event` })
    const cdkId = chain[0]?.event.cdkId ?? ''
    if (seen.has(cdkId)) problems.push({ code: 'chain-twice', where: `chains.${at}` })
    seen.add(cdkId)
  }
  return conclude('chain', problems)
}

/** Every event in the tree, each behind the one that it follows. */
export async function checkInclusion({ chains }: ProofBundle, head: TreeHead | null): Promise<Check> {
  if (!head) return conclude('inclusion', [{ code: 'needs-checkpoint', where: 'chains' }], false)
  const problems: Problem[] = []
  for (const [at, chain] of chains.entries()) {
    for (const [number, { event, leaf }] of chain.entries()) {
      const where = `chains.${at}.${number}`
      const entry = encodeLogEntry(await digest(chainTagPreimage(event)), event)
      const hash = await digest(leafPreimage(entry))
      const held = await verifyInclusion(hash, leaf.index, head, digestsOf(leaf.proof))
      if (!held) problems.push({ code: 'not-in-tree', where })
      const before = chain[number - 1]
      if (before && before.leaf.index >= leaf.index) problems.push({ code: 'log-order', where: `${where}.leaf` })
    }
  }
  return conclude('inclusion', problems)
}

/** The details that are shown. Where the salt is destroyed or kept back there is nothing to check. */
export async function checkCommitments({ chains }: ProofBundle): Promise<Check> {
  const problems: Problem[] = []
  for (const [at, chain] of chains.entries()) {
    for (const [number, sealed] of chain.entries()) {
      if (sealed.opening && !(await opens(sealed))) {
        problems.push({ code: 'commitment-false', where: `chains.${at}.${number}.opening` })
      }
    }
  }
  return conclude(
    'commitments',
    problems,
    chains.flat().some(({ opening }) => opening),
  )
}

/** A CDK is named by its events; an order by the `orderId` in the details of at least one event of each chain. */
export function checkSubject({ subject, chains }: ProofBundle): Check {
  if (subject.kind === 'cdk') {
    const own = chains.length === 1 && chains.flat().every(({ event }) => event.cdkId === subject.id)
    return conclude('subject', own ? [] : [{ code: 'subject-other', where: 'subject' }])
  }
  const orders = chains.map((chain) => chain.flatMap(({ opening }) => opening?.data.orderId ?? []))
  const unopened = orders.flatMap((ids, at): Problem[] =>
    ids.length === 0 ? [{ code: 'subject-unopened', where: `chains.${at}` }] : [],
  )
  const other = orders.flatMap((ids, at): Problem[] =>
    ids.length > 0 && !ids.includes(subject.id) ? [{ code: 'subject-other', where: `chains.${at}` }] : [],
  )
  if (other.length === chains.length) return conclude('subject', [{ code: 'subject-other', where: 'subject' }])
  return other.length > 0 ? conclude('subject', other) : conclude('subject', unopened, unopened.length === 0)
}

async function opens({ event, opening }: SealedEvent): Promise<boolean> {
  const salt = fromHex(opening?.salt ?? '')
  if (!opening || !salt) return false
  return toHex(await digest(commitmentPreimage(salt, opening.data))) === event.commitment
}
