import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { codeLines, openLab, queue, startImporter, upload as store } from '@/lib/cli/load/import-lab'
import { openMarket } from '@/lib/cli/load/market'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { databaseUrl, db } from '@/tests/support/database'

const CODES = 60_000
const FAULTY = 'x'.repeat(600)

test(
  'an importer that is killed in the middle is followed by one that takes nothing twice and leaves nothing out',
  { timeout: 120_000 },
  async () => {
    const lab = openLab(databaseUrl, mkdtempSync(path.join(tmpdir(), 'keybond-test-killed-')))
    const [stall] = await openMarket(lab.db, lab.vault, { merchants: 1, stock: 1 }, new Date())
    if (!stall) throw new Error('no stall')
    // Every twenty-thousandth line is faulty, and the last one repeats the first.
    const source: string[] = []
    for await (const piece of codeLines(CODES)) source.push(...Buffer.from(piece).toString().trimEnd().split('\n'))
    const upload = source.flatMap((code, at) => ((at + 1) % 20_000 === 0 ? [code, FAULTY] : [code]))
    upload.push(source[0] ?? '')
    const importId = await store(
      lab,
      stall,
      (async function* () {
        yield await Promise.resolve(Buffer.from(upload.join('\n')))
      })(),
    )
    await queue(lab, stall.merchantId, importId)
    const standing = () => db.stockImport.findUniqueOrThrow({ where: { id: importId } })

    const first = startImporter(lab)
    while ((await standing()).linesDone === 0) await sleep(5)
    await first.stop('SIGKILL')
    const cut = await standing()
    expect(cut).toMatchObject({ state: 'RUNNING', finishedAt: null })
    expect(cut.linesDone).toBeLessThan(upload.length)
    expect(await db.cdk.count({ where: { batchId: cut.batchId ?? '' } })).toBe(
      cut.linesDone - (await db.importRejection.count({ where: { importId } })),
    )

    // Its lease runs out.
    await db.stockImport.update({ where: { id: importId }, data: { leaseUntil: new Date() } })
    const second = startImporter(lab)
    while ((await standing()).finishedAt === null) await sleep(50)
    await second.stop()

    const { state, counts, linesDone, linesTotal, batchId } = await standing()
    expect({ state, counts, linesDone, linesTotal }).toEqual({
      state: 'DONE',
      counts: { accepted: CODES, 'too-long': 3, 'duplicate-in-file': 1 },
      linesDone: upload.length,
      linesTotal: upload.length,
    })
    const rejected = await db.importRejection.findMany({ where: { importId }, orderBy: { line: 'asc' } })
    expect(rejected.map(({ line }) => line)).toEqual([20_001, 40_002, 60_003, 60_004])
    const stored = await db.cdk.findMany({
      where: { batchId: batchId ?? '' },
      select: { fingerprint: true, eventSeq: true },
    })
    const prints = new Set(stored.map(({ fingerprint }) => Buffer.from(fingerprint).toString('hex')))
    expect(stored).toHaveLength(CODES)
    expect(source.filter((code) => !prints.has(Buffer.from(lab.vault.fingerprint(code)).toString('hex')))).toEqual([])
    const [chained] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM cdk c JOIN cdk_event e ON e."cdkId" = c.id AND e.seq = 0 AND e.hash = c."eventHash" WHERE c."batchId" = ${batchId}::uuid`
    expect(Number(chained?.count)).toBe(CODES)
    expect(await db.stockBatch.findMany({ where: { imports: { some: { id: importId } } } })).toMatchObject([
      { id: batchId, acceptedCount: CODES, rejectedCount: 4 },
    ])
    await lab.db.$disconnect()
  },
)
