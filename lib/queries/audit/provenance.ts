import { z } from 'zod'
import { verifyChain } from '@/lib/domain/provenance'
import { readChains } from '@/lib/domain/stock'
import { type Sql, type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { type AuditTools, type Finding, type Invariant, MOST_EXAMPLES, type SqlInvariant, bySql } from './invariant'
import { checkSignatures } from './log-signatures'
import { checkTree } from './log-tree'

/** How many chains the verifier of the proofs reads besides. */
const SAMPLE = 200
/** The sealer takes seconds; a worker may be down for a while. */
const SEALED_WITHIN_MS = 6 * HOUR_MS

const EVENTS = sql`SELECT count(*) FROM cdk_event`
const eventId = sql`'cdk_event ' || "cdkId" || '/' || seq`
const nothing = sql`decode(repeat('00', 32), 'hex')`

const chains: SqlInvariant = {
  name: 'provenance/chains',
  says: 'every chain is unbroken from its import on, and every event the one that its hash stands for',
  unit: 'events',
  of: EVENTS,
  offenders: () => sql`
    SELECT ${eventId} AS id FROM (
      SELECT *, lag(hash) OVER chain AS "lastHash", lag(seq) OVER chain AS "lastSeq", lag(at) OVER chain AS "lastAt", lag("merchantId") OVER chain AS "lastOwner"
      FROM cdk_event WINDOW chain AS (PARTITION BY "cdkId" ORDER BY seq)) AS e
    WHERE hash <> cdk_event_hash("actorPseudonym", at, "cdkId", commitment, "merchantId", COALESCE("lastHash", ${nothing}), seq, type)
       OR seq <> COALESCE("lastSeq" + 1, 0) OR (seq = 0) <> (type = 'imported') OR at < "lastAt" OR "merchantId" <> "lastOwner"`,
}

/** RFC 8785 of a flat object, out of what PostgreSQL keeps of it. */
const canonical = (details: Sql) => sql`(
  SELECT '{' || COALESCE(string_agg(to_json(key) || ':' || CASE jsonb_typeof(value)
      WHEN 'array' THEN (SELECT '[' || COALESCE(string_agg(one::text, ',' ORDER BY at), '') || ']' FROM jsonb_array_elements(value) WITH ORDINALITY AS each (one, at))
      ELSE value::text END, ',' ORDER BY key COLLATE "C"), '') || '}'
  FROM jsonb_each(${details}))`

/** What a state must be after the last event that says one; the others leave it as it was. */
const STATES_AFTER = {
  imported: ['AVAILABLE'],
  reserved: ['RESERVED'],
  released: ['AVAILABLE', 'RETIRED', 'FROZEN'],
  delivered: ['DELIVERED'],
  revealed: ['DELIVERED'],
  confirmed: ['DELIVERED'],
  refunded: ['AVAILABLE', 'RETIRED', 'FROZEN'],
  // Another CDK took its place; it stays with the order as evidence.
  replaced: ['RETIRED'],
  retired: ['RETIRED'],
  // Its code has been seen: never sold again.
  exported: ['RETIRED'],
  frozen: ['FROZEN'],
  restored: ['AVAILABLE'],
} as const

export const PROVENANCE: readonly Invariant[] = [
  bySql({
    name: 'provenance/heads',
    says: 'every CDK names the last event of its chain, and every chain is of a CDK',
    unit: 'CDKs',
    of: sql`SELECT count(*) FROM cdk`,
    offenders: () => sql`
      SELECT 'cdk ' || COALESCE(c.id, e."cdkId") AS id
      FROM (SELECT DISTINCT ON ("cdkId") * FROM cdk_event ORDER BY "cdkId", seq DESC) AS e FULL JOIN cdk c ON c.id = e."cdkId"
      WHERE (c."merchantId", c."eventSeq", c."eventAt", c."eventHash") IS DISTINCT FROM (e."merchantId", e.seq, e.at, e.hash)`,
  }),
  { ...bySql(chains), check: checkChains },
  bySql({
    name: 'provenance/commitments',
    says: 'the details of every event are those that its commitment was made of',
    unit: 'events with details',
    of: sql`SELECT count(*) FROM cdk_event WHERE salt IS NOT NULL AND details IS NOT NULL`,
    offenders: () => sql`
      SELECT ${eventId} AS id FROM cdk_event
      WHERE salt IS NOT NULL AND details IS NOT NULL AND commitment <> cdk_commitment(salt, ${canonical(sql`details`)})`,
  }),
  bySql({
    name: 'provenance/states',
    says: 'every CDK is in the state that its events lead to',
    unit: 'CDKs',
    of: sql`SELECT count(*) FROM cdk`,
    offenders: () => sql`
      WITH after (type, state) AS (VALUES ${statesAfter()})
      SELECT 'cdk ' || c.id AS id FROM cdk c JOIN (
        SELECT DISTINCT ON ("cdkId") "cdkId", type FROM cdk_event WHERE type IN (SELECT type FROM after) ORDER BY "cdkId", seq DESC
      ) AS e ON e."cdkId" = c.id
      WHERE (e.type, c.state::text) NOT IN (SELECT type, state FROM after)`,
  }),
  bySql({
    name: 'provenance/sealed',
    says: 'every event of more than some hours is in the log',
    unit: 'events',
    of: EVENTS,
    offenders: ({ now }) => sql`
      SELECT ${eventId} AS id FROM cdk_event e
      WHERE at < ${after(now, -SEALED_WITHIN_MS)} AND NOT EXISTS (SELECT FROM log_leaf l WHERE l."cdkId" = e."cdkId" AND l.seq = e.seq)`,
  }),
  bySql({
    name: 'provenance/leaves',
    says: 'the leaves of the log are numbered without gaps, each for one event and behind the one that it follows; the state and the newest checkpoint count them',
    unit: 'leaves',
    of: sql`SELECT count(*) FROM log_leaf`,
    offenders: () => sql`
      SELECT 'log_leaf ' || index AS id FROM (
        SELECT l.*, e.hash, row_number() OVER (ORDER BY l.index) - 1 AS place, row_number() OVER chain - 1 AS "ownPlace", lag(l.index) OVER chain AS before
        FROM log_leaf l LEFT JOIN cdk_event e ON e."cdkId" = l."cdkId" AND e.seq = l.seq WINDOW chain AS (PARTITION BY l."cdkId" ORDER BY l.seq)) AS leaf
      WHERE hash IS NULL OR index <> place OR seq <> "ownPlace" OR index < before
      UNION ALL SELECT 'log_state ' || id FROM log_state WHERE size <> (SELECT count(*) FROM log_leaf)
      UNION ALL SELECT 'log_checkpoint ' || size FROM log_state WHERE size <> (SELECT COALESCE(max(size), 0) FROM log_checkpoint)`,
  }),
  {
    name: 'provenance/tree',
    says: 'every tile of the log is what the events say and leads to the tree head that was signed, and every earlier one too',
    severity: 'error',
    check: checkTree,
  },
  {
    name: 'provenance/signatures',
    says: 'changes of key, tree heads and the lines of witnesses bear the signatures of those they name',
    severity: 'error',
    check: checkSignatures,
  },
]

function statesAfter(): Sql {
  const rows = Object.entries(STATES_AFTER).flatMap(([type, states]) => states.map((state) => sql`(${type}, ${state})`))
  return join(rows)
}

/** The database hashes every event; a sample is read by the code that verifies proofs, which shares nothing with it. */
async function checkChains(tx: Tx, tools: AuditTools): Promise<Finding> {
  const finding = await bySql(chains).check(tx, tools)
  if (finding.offenders > 0) return finding
  const ids = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`SELECT "cdkId" AS id FROM cdk_event WHERE seq = 0 ORDER BY random() LIMIT ${SAMPLE}`,
  )
  const read = await readChains(
    tx,
    ids.map(({ id }) => id),
  )
  const bad: string[] = []
  for (const [id, chain] of read) {
    const verdict = await verifyChain(chain.map(({ event }) => event))
    if (!verdict.sound) bad.push(`cdk_event ${id}/${verdict.at}`)
  }
  return { ...finding, offenders: bad.length, examples: bad.slice(0, MOST_EXAMPLES) }
}
