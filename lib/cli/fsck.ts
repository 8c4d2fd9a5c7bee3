import { readdirSync } from 'node:fs'
import { runCommand } from '@/lib/cli/run'
import { createDb } from '@/lib/infra/db'
import { databaseUrl } from '@/lib/infra/database-url'
import { checkKeys } from '@/lib/infra/key-check'
import { logKeys } from '@/lib/infra/log-key'
import { proofStore } from '@/lib/infra/proofs'
import { inSnapshot } from '@/lib/infra/snapshot'
import { cdkVault } from '@/lib/infra/vault'
import { type Audited, audit } from '@/lib/queries/audit'

const MARK = { ok: 'ok    ', warning: 'warn  ', failed: 'FAILED' } as const

/** `npm run fsck`: audits the database of this installation, a line for each invariant; exit code 1 when one fails. */
await runCommand(async () => {
  const db = createDb(databaseUrl(), { max: 1 })
  try {
    const now = new Date()
    await checkKeys(db, now)
    const verdicts: Audited['verdict'][] = []
    const tell = (audited: Audited) => {
      verdicts.push(audited.verdict)
      print(audited)
    }
    const sound = await inSnapshot(db, (tx) =>
      audit(
        tx,
        { vault: cdkVault(), logKeys: logKeys(), migrations: migrationNames(), proofs: proofStore(), now },
        tell,
      ),
    )
    const count = (verdict: Audited['verdict']) => verdicts.filter((found) => found === verdict).length
    console.log(`${count('ok')} hold, ${count('warning')} warnings, ${count('failed')} failed`)
    return sound ? 0 : 1
  } finally {
    await db.$disconnect()
  }
})

function print({ invariant, verdict, counted, unit, offenders, examples, note }: Audited): void {
  console.log(`${MARK[verdict]}  ${invariant.name}: ${invariant.says} ... ${counted.toLocaleString('en')} ${unit}`)
  if (note !== undefined) console.log(`        ${note}`)
  if (offenders === 0) return
  console.log(
    `        ${offenders.toLocaleString('en')} do not: ${examples.join(', ')}${offenders > examples.length ? ', ...' : ''}`,
  )
}

function migrationNames(): string[] {
  const entries = readdirSync('prisma/migrations', { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}
