import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type AuditTools, type Finding, type Invariant, MOST_EXAMPLES, bySql } from './invariant'

export const INSTALLATION: readonly Invariant[] = [
  bySql({
    name: 'catalog/download-address',
    says: 'everything on sale in a category that needs a download address has one',
    unit: 'published products',
    of: sql`SELECT count(*) FROM product WHERE status = 'PUBLISHED'`,
    offenders: () => sql`
      SELECT p.id::text AS id FROM product p JOIN category c ON c.id = p."categoryId"
      WHERE p.status = 'PUBLISHED' AND c."needsDownloadAddress" AND COALESCE(p."downloadUrl", '') = ''`,
  }),
  {
    name: 'installation/append-only',
    says: 'the application may neither change nor delete transfers, order events, decisions about refunds, what operators did and the provenance log',
    severity: 'error',
    check: findRights,
  },
  {
    name: 'installation/migrations',
    says: 'the migrations of this version, and no others, have been applied',
    severity: 'error',
    check: compareMigrations,
  },
]

const Right = z.object({ id: z.string(), has: z.boolean(), superuser: z.boolean() })

async function findRights(tx: Tx): Promise<Finding> {
  const rights = await selectRows(
    tx,
    Right,
    sql`
      SELECT privilege || ' on ' || name AS id, has_table_privilege(name, privilege) AND NOT EXISTS (
               SELECT FROM pg_trigger WHERE tgrelid = name::regclass AND tgname = name || '_append_only' AND tgenabled = 'O' AND privilege = 'UPDATE'
             ) AS has,
             current_setting('is_superuser') = 'on' AS superuser
      FROM (VALUES ('ledger_transfer'), ('order_event'), ('order_refund'), ('refund_unit'), ('operator_action'), ('cdk_event'), ('log_leaf'), ('log_checkpoint'), ('log_cosignature'), ('log_handover')) AS t (name), (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p (privilege)`,
  )
  const facts = { counted: rights.length, unit: 'rights' }
  if (rights.some(({ superuser }) => superuser)) {
    const note = 'the database role is a superuser, whom no missing right stops: give Keybond a role of its own'
    return { ...facts, offenders: 0, examples: [], note }
  }
  const held = rights.filter(({ has }) => has).map(({ id }) => id)
  return { ...facts, offenders: held.length, examples: held }
}

async function compareMigrations(tx: Tx, { migrations }: AuditTools): Promise<Finding> {
  const rows = await selectRows(
    tx,
    z.object({ name: z.string() }),
    sql`SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  )
  const applied = new Set(rows.map(({ name }) => name))
  const missing = migrations.filter((name) => !applied.has(name)).map((name) => `${name} is not applied`)
  const unknown = [...applied]
    .filter((name) => !migrations.includes(name))
    .map((name) => `${name} is not of this version`)
  const wrong = [...missing, ...unknown]
  return {
    counted: migrations.length,
    unit: 'migrations',
    offenders: wrong.length,
    examples: wrong.slice(0, MOST_EXAMPLES),
  }
}
