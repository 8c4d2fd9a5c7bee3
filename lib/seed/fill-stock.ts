import { addProof, describeBatch, reviewBatch } from '@/lib/domain/batches'
import { type ImportUnit, changeValidity, exportCdks, importCdks, importUnits, startExport } from '@/lib/domain/stock'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import type { Cast } from './cast'
import { codesOf } from './codes'
import { diceFor } from './dice'
import type { Mall } from './mall'

const EXPIRING = '南风书店 阅读礼品卡'
const COPIED_FROM = '听潮音乐 高品质会员兑换码'
const COPIED_TO = '时光影城 通用电影票兑换码'
const PROMISED_DAYS = 30

/** What a merchant's desk and the operators have to look at besides plain batches. Told after all orders; again: changes nothing. */
export async function fillStock(mall: Mall, cast: Cast): Promise<void> {
  await describeBatches(mall)
  await proveABatch(mall, cast)
  await stockThatExpires(mall)
  await codesOfAnother(mall)
  await uploads(mall)
  await takenOut(mall)
}

/** Merchants say where most of their batches come from. */
async function describeBatches({ db, run }: Mall): Promise<void> {
  const batches = await db.stockBatch.findMany({
    where: { kind: 'UPLOAD', source: 'UNSTATED' },
    orderBy: { id: 'asc' },
    select: { id: true, merchantId: true, variant: { select: { priceMinor: true } } },
  })
  for (const { id: batchId, merchantId, variant } of batches) {
    const dice = diceFor('batch', String(variant.priceMinor), merchantId)
    const said = dice.between(1, 10)
    if (said > 8) continue
    const source = said <= 4 ? 'DISTRIBUTOR' : said <= 7 ? 'PUBLISHER' : 'RESALE'
    const costMinor = Math.round((variant.priceMinor * dice.between(72, 92)) / 100)
    const sourceNote = `进货单 ${dice.between(100_000, 999_999)}`
    await run((tx) => describeBatch(tx, { merchantId, batchId }, { source, sourceNote, costMinor, validityDays: null }))
  }
}

/** One batch with a delivery note that an operator approved, one whose note still waits to be looked at. */
async function proveABatch({ db, run, vault, proofs, now }: Mall, { operatorId }: Cast): Promise<void> {
  const batches = await db.stockBatch.findMany({
    where: { kind: 'UPLOAD', source: 'DISTRIBUTOR', frozenAt: null },
    orderBy: { id: 'asc' },
    take: 2,
    select: { id: true, merchantId: true, uploadedById: true, sourceNote: true, _count: { select: { proofs: true } } },
  })
  for (const [at, { id: batchId, merchantId, uploadedById, sourceNote, _count }] of batches.entries()) {
    if (_count.proofs > 0) continue
    const file = { fileName: `${sourceNote ?? '进货单'}.png`, bytes: deliveryNote(at) }
    const told = after(now, -(at + 2) * DAY_MS)
    await addProof(
      { run, vault, ...proofs },
      { merchantId, batchId, ...file },
      { kind: 'MERCHANT', id: uploadedById },
      told,
    )
    if (at > 0) continue
    const verdict = { batchId, verdict: 'APPROVED', note: '与进货单一致', seenProofs: 1 } as const
    await run((tx) => reviewBatch(tx, verdict, { kind: 'OPERATOR', id: operatorId }, after(now, -DAY_MS)))
  }
}

/** A small white picture (PNG), not the same twice. */
function deliveryNote(which: number): Uint8Array<ArrayBuffer> {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
    'base64',
  )
  // What stands behind the picture's end is passed over by viewers.
  return new Uint8Array(Buffer.concat([png, Buffer.from([which])]))
}

/** Codes that expire: some within the week and no longer sold, most in time for the promise of 30 days. */
async function stockThatExpires({ db, run, vault, now }: Mall): Promise<void> {
  const variant = await variantOf(db, EXPIRING)
  const { id: variantId, merchantId, ownerId } = variant
  if ((await db.cdk.count({ where: { variantId, expiresAt: { not: null } } })) > 0) return
  const codes = codesOf('token', 60, diceFor('expiring', EXPIRING)).split('\n')
  const units = codes.map((secret, at): ImportUnit => ({
    line: at + 1,
    secret,
    fingerprint: vault.fingerprint(secret),
    expiresAt: after(now, (at < 15 ? 4 + (at % 4) : 60 + at) * DAY_MS),
    costMinor: 4_100 + at,
    note: at < 15 ? '尾货，临期' : null,
  }))
  const upload = { merchantId, variantId, uploadedById: ownerId, fileName: '书卡-带有效期.csv', units }
  const facts = { ...upload, leftOut: { empty: 1, faulty: 0 }, allOrNothing: false }
  await run(async (tx) => {
    await changeValidity(tx, { merchantId, variantId }, PROMISED_DAYS)
    await tx.variant.update({ where: { id: variantId }, data: { lowStockAt: 200 } })
    await importUnits(tx, vault, facts, after(now, -3 * DAY_MS))
  })
}

/** A merchant uploads, among new codes, some that another sells: he is told, and operators see the pairs. */
async function codesOfAnother({ db, run, vault, now }: Mall): Promise<void> {
  if ((await db.fingerprintPair.count()) > 0) return
  const [from, to] = [await variantOf(db, COPIED_FROM), await variantOf(db, COPIED_TO)]
  const known = await db.cdk.findMany({
    where: { variantId: from.id, state: 'AVAILABLE' },
    orderBy: { id: 'asc' },
    take: 3,
    select: { id: true, ciphertext: true, batch: { select: { wrappedKey: true, masterKeyVersion: true } } },
  })
  const copied = known.map(({ id, ciphertext, batch }) => {
    const key = vault.openBatchKey(batch.wrappedKey, batch.masterKeyVersion)
    return vault.open(key, { merchantId: from.merchantId, cdkId: id }, ciphertext)
  })
  const text = [...copied, codesOf('token', 7, diceFor('copied', COPIED_TO))].join('\n')
  const upload = { merchantId: to.merchantId, variantId: to.id, uploadedById: to.ownerId, fileName: '补货.txt', text }
  await run((tx) => importCdks(tx, vault, upload, after(now, -2 * DAY_MS)))
}

const IMPORTED = '补货-2026-03.csv'

/** One upload that was taken but for a few lines, one that is only looked through so far, one that waits for choices. */
async function uploads({ db, takeUpload, now }: Mall): Promise<void> {
  const { id: variantId, merchantId, ownerId } = await variantOf(db, COPIED_FROM)
  const of = { merchantId, variantId, uploadedById: ownerId }
  const codes = codesOf('voucher', 60, diceFor('imported', COPIED_FROM)).split('\n')
  const text = ['code', ...codes, '', codes[3], 'x'.repeat(600), codes[17]].join('\r\n')
  const choices = {
    shape: { format: 'csv', encoding: 'utf-8', separator: ',', header: true },
    mapping: { columns: [{ field: 'code', label: null }] },
  }
  const facts = {
    source: 'DISTRIBUTOR',
    sourceNote: '进货单 20260301',
    costMinor: 900,
    validityDays: null,
    seats: 1,
  } as const
  const choice = { choices, allOrNothing: false, facts, dryRun: false }
  const known = new Set((await db.stockImport.findMany({ select: { fileName: true } })).map(({ fileName }) => fileName))
  if (!known.has(IMPORTED)) await takeUpload({ ...of, fileName: IMPORTED, text }, choice, after(now, -DAY_MS))
  const checked = '补货-待确认.csv'
  const other = codesOf('voucher', 30, diceFor('checked', COPIED_FROM))
  if (!known.has(checked)) {
    const upload = { ...of, fileName: checked, text: `code\n${other}\n${codes[0]}\n` }
    await takeUpload(upload, { ...choice, dryRun: true }, after(now, -2 * HOUR_MS))
  }
  const waiting = '补货-未选择.txt'
  const third = codesOf('voucher', 20, diceFor('waiting', COPIED_FROM))
  if (!known.has(waiting)) await takeUpload({ ...of, fileName: waiting, text: third }, null, after(now, -HOUR_MS))
}

/** A merchant takes a few codes of a batch back out. */
async function takenOut({ db, run, vault, now }: Mall): Promise<void> {
  const { merchantId, ownerId, id: variantId } = await variantOf(db, COPIED_FROM)
  if ((await db.stockExport.count({ where: { merchantId } })) > 0) return
  const cdks = await db.cdk.findMany({
    where: { variantId, state: 'AVAILABLE' },
    orderBy: { id: 'desc' },
    take: 5,
    select: { id: true },
  })
  const chosen = { ids: cdks.map(({ id }) => id) }
  const actor = { kind: 'MERCHANT', id: ownerId } as const
  const at = after(now, -30 * MINUTE_MS)
  await run(async (tx) => {
    const exportId = await startExport(tx, { merchantId, chosen }, actor, at)
    await exportCdks(tx, vault, { merchantId, chosen, exportId }, actor, at)
  })
}

async function variantOf(db: Mall['db'], titleZh: string) {
  const variant = await db.variant.findFirstOrThrow({
    where: { product: { titleZh }, position: 0 },
    select: { id: true, merchantId: true, merchant: { select: { users: { select: { id: true }, take: 1 } } } },
  })
  const { id, merchantId, merchant } = variant
  return { id, merchantId, ownerId: merchant.users[0]?.id ?? '' }
}
