import { sql } from '@/lib/domain/tx'
import { type Invariant, bySql } from './invariant'

const JUDGED = sql`SELECT count(*) FROM stock_import WHERE state IN ('DONE', 'CHECKED', 'REFUSED')`

export const IMPORTS: readonly Invariant[] = [
  bySql({
    name: 'imports/every-line-told',
    says: 'the report of an import has a verdict for every line, and every line that was not taken stands in it',
    unit: 'imports judged to the end',
    of: JUDGED,
    offenders: () => sql`
      SELECT i.id::text AS id FROM stock_import i
        CROSS JOIN LATERAL (SELECT COALESCE(sum(value::int), 0) AS lines FROM jsonb_each_text(i.counts)) told
        CROSS JOIN LATERAL (SELECT count(*) AS lines FROM import_rejection r WHERE r."importId" = i.id) rejected
      WHERE i.state IN ('DONE', 'CHECKED', 'REFUSED')
        AND (told.lines IS DISTINCT FROM i."linesTotal" OR i."linesDone" IS DISTINCT FROM i."linesTotal"
          OR rejected.lines <> told.lines - COALESCE((i.counts->>'accepted')::int, 0))`,
  }),
  bySql({
    name: 'imports/batches-filled',
    says: 'an import that took codes has made a batch of as many, for every seat of each',
    unit: 'imports that took codes',
    of: sql`SELECT count(*) FROM stock_import WHERE state = 'DONE' AND (counts->>'accepted')::int > 0`,
    offenders: () => sql`
      SELECT i.id::text AS id FROM stock_import i LEFT JOIN stock_batch b ON b."merchantId" = i."merchantId" AND b.id = i."batchId"
      WHERE i.state = 'DONE' AND (i.counts->>'accepted')::int > 0
        AND b."acceptedCount" IS DISTINCT FROM (i.counts->>'accepted')::int * b.seats`,
  }),
]
