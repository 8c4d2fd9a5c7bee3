import { Client, type QueryResultRow } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { inSnapshot } from '@/lib/infra/snapshot'
import { PROVENANCE } from '@/lib/queries/audit/provenance'
import { drain } from '@/tests/domain/sealing/a-sealed-mall'
import { databaseUrl, db } from '@/tests/support/database'
import { NOW, aConfirmedOrder, aDeliveredOrder, aListing, vault } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'

const url = new URL(inject('server').adminUrl)
url.pathname = new URL(databaseUrl).pathname
const admin = new Client({ connectionString: url.href })

beforeAll(async () => {
  await admin.connect()
  await admin.query('SET session_replication_role = replica')
  // What the database itself would refuse is let through, so that the audit is what finds it.
  await admin.query('ALTER TABLE cdk_event DROP CONSTRAINT cdk_event_sound')
  await aListing({ stock: 700 })
  for (let order = 0; order < 4; order++) await aConfirmedOrder({ quantity: 2 })
  await drain(300)
  await aDeliveredOrder()
  await drain()
})
afterAll(() => admin.end())

/** Everything that the audit names. */
async function named(): Promise<string[]> {
  return inSnapshot(db, async (tx) => {
    const names: string[] = []
    for (const { check } of PROVENANCE) {
      names.push(...(await check(tx, { vault, logKeys: LOG_KEYS, migrations: [], now: NOW })).examples)
    }
    return names
  })
}

/** The one row of a statement. */
async function one<Row extends QueryResultRow>(statement: string, values: readonly unknown[] = []): Promise<Row> {
  const { rows } = await admin.query<Row>(statement, [...values])
  const [row] = rows
  if (!row || rows.length > 1) throw new Error(`${rows.length} rows: ${statement}`)
  return row
}

const pick = (below: number) => Math.floor(Math.random() * below)
function byte(column: string, length: number): string {
  const [at, bit] = [pick(length), 1 << pick(8)]
  return `"${column}" = set_byte("${column}", ${at}, get_byte("${column}", ${at}) # ${bit})`
}
/** Another letter, or in a UUID another digit, at a random place. */
function letter(text: string): string {
  let at = pick(text.length)
  while (text[at] === '-') at = pick(text.length)
  const others = Array.from('abcdef0123456789').filter((other) => other !== text[at])
  return `${text.slice(0, at)}${others[pick(others.length)]}${text.slice(at + 1)}`
}

interface Row extends QueryResultRow {
  merchantId: string
  cdkId: string
  seq: number
  type: string
  at: Date
  actorPseudonym: string
  commitment: Buffer
  salt: Buffer
  details: Record<string, string>
  hash: Buffer
}
const COLUMNS = ['merchantId', 'cdkId', 'seq', 'type', 'at', 'actorPseudonym', 'commitment', 'salt', 'details', 'hash']

const CHANGES: Readonly<Record<string, (event: Row) => string>> = {
  merchantId: ({ merchantId }) => `"merchantId" = '${letter(merchantId)}'`,
  cdkId: ({ cdkId }) => `"cdkId" = '${letter(cdkId)}'`,
  // Above the length of any chain here: another event's number would be refused by the key.
  seq: () => `seq = seq # (1 << ${8 + pick(23)})`,
  type: ({ type }) => `type = '${letter(type)}'`,
  at: () => `at = at + interval '1 ms' * (1 << ${pick(30)})`,
  actorPseudonym: ({ actorPseudonym }) => `"actorPseudonym" = '${letter(actorPseudonym)}'`,
  commitment: () => byte('commitment', 32),
  salt: () => byte('salt', 32),
  details: ({ details }) => {
    const [[name, value] = ['', '']] = Object.entries(details)
    return `details = jsonb_build_object('${name}', '${letter(value)}')`
  },
  hash: () => byte('hash', 32),
}

test('nothing is named while nothing is changed', async () => {
  expect(await named()).toEqual([])
})

test.each(Object.entries(CHANGES))('a changed byte of %s is found and its event named', async (_column, change) => {
  for (let round = 0; round < 4; round++) {
    // Those after the import are few, and no less likely to be picked.
    const event = await one<Row>(`SELECT * FROM cdk_event ORDER BY random() * (1 + 30 * (seq > 0)::int) DESC LIMIT 1`)
    const set = change(event)
    const changed = await one<{ cdkId: string; seq: number }>(
      `UPDATE cdk_event SET ${set} WHERE "cdkId" = $1 AND seq = $2 RETURNING "cdkId", seq`,
      [event.cdkId, event.seq],
    )
    const names = [event, changed].map(({ cdkId, seq }) => `cdk_event ${cdkId}/${seq}`)
    const found = await named()
    expect(
      found.some((name) => names.includes(name)),
      `${set}: ${names.join()} in ${found.join()}`,
    ).toBe(true)
    await admin.query(`DELETE FROM cdk_event WHERE "cdkId" = $1 AND seq = $2`, [changed.cdkId, changed.seq])
    await admin.query(
      `INSERT INTO cdk_event (${COLUMNS.map((name) => `"${name}"`).join()}) VALUES (${COLUMNS.map((_, at) => `$${at + 1}`).join()})`,
      COLUMNS.map((name): unknown => event[name]),
    )
  }
  expect(await named()).toEqual([])
})

test('a changed byte of any tile is found and the tile named', async () => {
  for (let round = 0; round < 16; round++) {
    const { level, index, length } = await one<{ level: number; index: string; length: number }>(
      `SELECT level, index, length(bytes) AS length FROM log_tile ORDER BY random() LIMIT 1`,
    )
    const change = `UPDATE log_tile SET ${byte('bytes', length)} WHERE level = ${level} AND index = ${index}`
    await admin.query(change)
    expect(await named(), change).toContain(`log_tile ${level}/${index}`)
    await admin.query(change)
  }
  expect(await named()).toEqual([])
})

test.each([
  `UPDATE log_tile SET width = width - 1 WHERE level = 0 AND index = 0`,
  `DELETE FROM log_tile WHERE level = 0 AND index = 0`,
  `UPDATE log_tile SET index = 77 WHERE level = 0 AND index = 0`,
])('a tile too narrow, lost or of nobody is named: %s', async (statement) => {
  const { bytes } = await one<{ bytes: Buffer }>('SELECT bytes FROM log_tile WHERE level = 0 AND index = 0')
  await admin.query(statement)
  expect(await named()).toContain('log_tile 0/0')
  await admin.query('DELETE FROM log_tile WHERE level = 0 AND index IN (0, 77)')
  await admin.query('INSERT INTO log_tile VALUES (0, 0, 256, $1)', [bytes])
  expect(await named()).toEqual([])
})
