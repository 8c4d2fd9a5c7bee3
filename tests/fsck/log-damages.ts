import type { Client } from 'pg'
import type { Damage } from './damages'

/** Each must hit a row, or it damages nothing. */
const sql = (statement: string) => async (client: Client) => {
  const { rowCount } = await client.query(statement)
  if (!rowCount) throw new Error(`this hit nothing: ${statement}`)
}
const flip = (column: string, at = 3) => `${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`
/** The last event of the first chain that is longer than one. */
const LAST = `("cdkId", seq) = (SELECT "cdkId", max(seq) FROM cdk_event GROUP BY 1 HAVING max(seq) > 1 ORDER BY 1 LIMIT 1)`

/** What an audit of the provenance log must complain of; see damages.ts. */
export const DAMAGES_OF_THE_LOG: readonly Damage[] = [
  {
    what: 'a CDK that says another last event',
    fails: ['provenance/heads'],
    inflict: sql(`UPDATE cdk SET ${flip('"eventHash"')} WHERE id = (SELECT id FROM cdk ORDER BY id LIMIT 1)`),
  },
  {
    what: 'an event that was given another type',
    fails: ['provenance/chains'],
    inflict: sql(`UPDATE cdk_event SET type = 'moved' WHERE ${LAST}`),
  },
  {
    what: 'an event that was rewritten with its hash and the head of its CDK',
    fails: ['provenance/tree'],
    inflict: sql(`
      WITH told AS (
        UPDATE cdk_event e SET at = e.at + interval '1 second', hash = cdk_event_hash(e."actorPseudonym", e.at + interval '1 second', e."cdkId", e.commitment, e."merchantId",
          (SELECT p.hash FROM cdk_event p WHERE p."cdkId" = e."cdkId" AND p.seq = e.seq - 1), e.seq, e.type)
        WHERE ${LAST} RETURNING *)
      UPDATE cdk c SET "eventAt" = told.at, "eventHash" = told.hash FROM told WHERE told."cdkId" = c.id`),
  },
  {
    what: 'an event with the details of another order',
    fails: ['provenance/commitments'],
    inflict: sql(`UPDATE cdk_event SET details = jsonb_build_object('orderId', gen_random_uuid()) WHERE ${LAST}`),
  },
  {
    what: 'a CDK that left the stock without an event',
    fails: ['provenance/states'],
    inflict: sql(`UPDATE cdk SET state = 'RETIRED' WHERE id = (SELECT id FROM cdk WHERE state = 'AVAILABLE' LIMIT 1)`),
  },
  {
    what: 'an event that nobody sealed',
    fails: ['provenance/sealed', 'provenance/heads'],
    inflict: sql(`
      INSERT INTO cdk_event ("merchantId", "cdkId", seq, type, at, "actorPseudonym", commitment, hash)
      SELECT "merchantId", "cdkId", seq + 1, 'moved', at, 'system', commitment,
             cdk_event_hash('system', at, "cdkId", commitment, "merchantId", hash, seq + 1, 'moved') FROM cdk_event WHERE ${LAST}`),
  },
  {
    what: 'an event that was taken out of the log',
    fails: ['provenance/leaves', 'provenance/sealed'],
    inflict: sql(`DELETE FROM log_leaf WHERE index = 5`),
  },
  {
    what: 'a tile with one changed bit',
    fails: ['provenance/tree'],
    inflict: sql(`UPDATE log_tile SET ${flip('bytes', 40)} WHERE level = 0 AND index = 1`),
  },
  {
    what: 'a tree head that nobody signed',
    fails: ['provenance/signatures', 'provenance/tree'],
    inflict: sql(`
      UPDATE log_checkpoint SET note = split_part(note, E'\\n', 1) || E'\\n' || size || E'\\n' || encode(sha256('x'), 'base64') || E'\\n' || substring(note FROM position(E'\\n\\n' IN note) + 1)
      WHERE size = (SELECT max(size) FROM log_checkpoint)`),
  },
]
