import { NextIntlClientProvider } from 'next-intl'
import { type ReactElement, createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CaseRulings } from '@/components/case/case-rulings'
import { CaseTimeline } from '@/components/case/case-timeline'
import type { Locale } from '@/i18n/routing'
import { ruleComplaint } from '@/lib/domain/arbitration'
import { ruleByRecords } from '@/lib/domain/complaints'
import { renderCaseHtml } from '@/lib/infra/documents'
import { inSnapshot } from '@/lib/infra/snapshot'
import { DAY_MS, after } from '@/lib/kernel/time'
import { type CaseView, findCase } from '@/lib/queries/case'
import { findCaseBundle } from '@/lib/queries/case/bundle'
import { messagesOf } from '@/messages'
import { REASON, aCaseToRule } from '@/tests/support/arbitration'
import { anOpenCase, sweepCases } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, run } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'

async function viewOf(complaintId: string): Promise<CaseView> {
  const view = await findCase(db, complaintId, 'BUYER')
  if (!view) throw new Error('there is no such case')
  return view
}

function shown(children: ReactElement, locale: Locale): string {
  const props = { locale, messages: messagesOf(locale), timeZone: 'Asia/Shanghai', now: NOW, children }
  return renderToStaticMarkup(createElement(NextIntlClientProvider, props))
}

test('a ruling says what came of each CDK, what was paid, and why; never who ruled', async () => {
  const { complaintId, cdkIds, first } = await aCaseToRule({ demand: 'COMPENSATION', demandMinor: 700 })
  const units = cdkIds.map((cdkId) => ({ cdkId, result: 'COMPENSATED' as const }))
  const input = { complaintId, units, compensationMinor: 300, reasons: REASON, tariffs: [] }
  await run((tx) => ruleComplaint(tx, input, { kind: 'ARBITRATOR', id: first.id }, NOW))
  const view = await viewOf(complaintId)
  const zh = shown(createElement(CaseRulings, { view }), 'zh-CN')
  for (const said of ['支持买家', '第 1 张：', '¥3.00', REASON]) expect(zh).toContain(said)
  expect(zh).not.toContain(first.id)
  expect(shown(createElement(CaseRulings, { view }), 'en')).toContain('Compensation paid by this ruling')
})

test('what was granted because nobody ruled says so, on the page and in the case file', async () => {
  const { complaintId } = await aCaseToRule()
  const end = after(NOW, 31 * DAY_MS)
  await sweepCases(end)
  const said = messagesOf('en').case.cause.TIMED_OUT
  expect(shown(createElement(CaseTimeline, { view: await viewOf(complaintId) }), 'en')).toContain(said)
  const source = await inSnapshot(db, (tx) => findCaseBundle(tx, LOG_KEYS, complaintId, end))
  expect(source && renderCaseHtml(source.document, 'en')).toContain(said)
})

test('what the records decided is told with the fact, on the page and in the case file', async () => {
  const { orderId } = await aDeliveredOrder()
  const ended = after(NOW, -DAY_MS)
  await db.cdk.updateMany({ where: { orderId }, data: { expiresAt: ended, sellBy: ended } })
  const { complaintId } = await anOpenCase({ orderId, failure: 'EXPIRED' })
  expect(await run((tx) => ruleByRecords(tx, complaintId, NOW))).toBe(true)
  const page = shown(createElement(CaseTimeline, { view: await viewOf(complaintId) }), 'en')
  expect(page).toContain('CDK 1: delivered')
  expect(page).not.toContain('promised')
  const source = await inSnapshot(db, (tx) => findCaseBundle(tx, LOG_KEYS, complaintId, NOW))
  for (const locale of ['zh-CN', 'en'] as const) {
    const file = (source && renderCaseHtml(source.document, locale)) ?? ''
    expect(file).toMatch(locale === 'en' ? /CDK 1: delivered .*, valid until .*2026/u : /第 1 张：.*交付，有效期至/u)
    expect(file).not.toContain('&lt;at&gt;')
  }
})
