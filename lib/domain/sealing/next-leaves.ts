import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'

const Row = z.object({
  xmin: z.bigint(),
  restored: z.boolean(),
  found: z.number(),
  lastXid: z.bigint().nullable(),
  heldBack: z.bigint().nullable(),
  entries: z.instanceof(Uint8Array).nullable(),
})

export interface NextLeaves {
  /** The log entries that got the next leaf indexes, one behind the other. */
  readonly entries: Uint8Array
  /** Nothing that could be sealed was left out. */
  readonly drained: boolean
  /** What was found could not be sealed for want of an event before it that lies further on. */
  readonly stuck: boolean
  /** Below it every event is sealed. */
  readonly sealedTo: bigint
}

/**
 * Gives the next leaf indexes to up to `limit` events that have none, in one statement: it stores the leaves and answers
 * their log entries (provenance's `logEntry`, made here in SQL). The caller holds the row of `log_state`.
 *
 * Which: what this statement sees and has no leaf. The cursor only says where to begin, and never passes the oldest
 * transaction that still runs (`xmin`): an event that it commits late lies behind the cursor and is found. A cursor above
 * `xmin` was counted by another server: the database was restored from a dump, and everything is looked through once.
 *
 * In which order: a chain's event n + 1 was written by whoever held the CDK's row after the transaction of event n had
 * committed, so whoever sees n + 1 sees n. Transaction numbers do not follow that order (the one that waited may have the
 * lower number), so a window cut by them can hold n + 1 without n: such events are held back, and the cursor with them.
 * Inside a window `seq` comes first. So every chain stands in the log in its own order.
 */
export async function nextLeaves(tx: Tx, size: number, cursor: bigint, limit: number): Promise<NextLeaves> {
  const [row] = await selectRows(
    tx,
    Row,
    sql`
      WITH bound AS MATERIALIZED (
        SELECT xmin, cursor > xmin AS restored,
               CASE WHEN cursor > xmin THEN 0 ELSE cursor END AS lowest,
               CASE WHEN cursor > xmin THEN 9223372036854775807 ELSE xmax END AS above
        FROM (SELECT ${cursor}::bigint AS cursor, pg_snapshot_xmin(seen)::text::bigint AS xmin, pg_snapshot_xmax(seen)::text::bigint AS xmax
              FROM pg_current_snapshot() AS seen) AS snapshot
      ), found AS MATERIALIZED (
        SELECT e."merchantId", e."cdkId", e.seq, e.hash, e.xid FROM cdk_event e
        WHERE e.xid >= (SELECT lowest FROM bound) AND e.xid < (SELECT above FROM bound)
          AND (SELECT l.index FROM log_leaf l WHERE l."cdkId" = e."cdkId" AND l.seq = e.seq) IS NULL
        ORDER BY e.xid LIMIT ${limit}::int
      ), placed AS (
        SELECT *, row_number() OVER (PARTITION BY "cdkId" ORDER BY seq) - 1 AS place, min(seq) OVER (PARTITION BY "cdkId") AS first FROM found
      ), judged AS MATERIALIZED (
        SELECT *, seq = first + place
          AND (first = 0 OR (SELECT l.index FROM log_leaf l WHERE l."cdkId" = placed."cdkId" AND l.seq = first - 1) IS NOT NULL) AS fits
        FROM placed
      ), leaf AS MATERIALIZED (
        SELECT ${size}::bigint + row_number() OVER (ORDER BY seq, "cdkId") - 1 AS index, "cdkId", seq,
               '\\x01'::bytea || sha256(convert_to(E'keybond/cdk-chain/v1\n' || "merchantId" || E'\n' || "cdkId", 'UTF8')) || int4send(seq) || hash AS entry
        FROM judged WHERE fits
      ), stored AS (
        INSERT INTO log_leaf (index, "cdkId", seq) SELECT index, "cdkId", seq FROM leaf
      )
      SELECT xmin, restored, (SELECT count(*) FROM found)::float8 AS found, (SELECT max(xid) FROM found) AS "lastXid",
             (SELECT min(xid) FROM judged WHERE NOT fits) AS "heldBack", (SELECT string_agg(entry, '' ORDER BY index) FROM leaf) AS entries
      FROM bound`,
  )
  invariant(row, 'the window of the sealer has a row')
  const { xmin, restored, found, lastXid, heldBack, entries } = row
  const drained = found < limit
  // Those of the last transaction number may go on behind the limit.
  const reached = drained || lastXid === null || lastXid > xmin ? xmin : lastXid
  const sealedTo = heldBack !== null && heldBack < reached ? heldBack : reached
  return {
    entries: entries ?? new Uint8Array(),
    drained,
    stuck: !drained && entries === null,
    sealedTo: restored && !drained ? cursor : sealedTo,
  }
}
