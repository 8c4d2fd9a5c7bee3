import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { NextIntlClientProvider } from 'next-intl'
import { expect, test, vi } from 'vitest'
vi.mock('@/i18n/navigation', () => ({ Link: (p: any) => createElement('a', { href: p.href }, p.children), useRouter: () => ({}) }))
import { CaseTimeline } from '@/components/case/case-timeline'
import { CaseHeader } from '@/components/case/case-header'
import { CaseUnits } from '@/components/case/case-units'
import { CaseMoney } from '@/components/case/case-money'
import { findCase } from '@/lib/queries/case'
import { ruleByRecords, acceptComplaint } from '@/lib/domain/complaints'
import { messagesOf } from '@/messages'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
test('renders', async () => {
  const errors: unknown[] = []
  for (const locale of ['zh-CN', 'en'] as const) {
    const c = await anOpenCase({ quantity: 2 })
    await run((tx) => acceptComplaint(tx, { merchantId: c.merchantId, complaintId: c.complaintId, units: c.cdkIds.map((cdkId) => ({ cdkId, result: 'REFUNDED' as const })) }, { kind: 'MERCHANT', id: null }, NOW))
    const o = await anOpenCase({ quantity: 2 })
    for (const id of [c.complaintId, o.complaintId]) {
      const v = await findCase(db, id, 'BUYER')
      if (!v) throw new Error('no')
      const entry = { seq: 9, type: 'granted' as const, at: NOW, by: 'SYSTEM' as const, hash: 'ab', body: { cause: 'RECORDS', facts: [
        { record: 'SOLD_BEFORE' as const, cdkId: v.units[0]!.cdkId, at: NOW.toISOString() },
        { record: 'EXPIRED' as const, cdkId: v.units[0]!.cdkId, at: NOW.toISOString(), deliveredAt: NOW.toISOString(), promisedDays: 3 },
        { record: 'CHARGED_MORE' as const, cdkId: null, at: NOW.toISOString(), agreedMinor: 1, chargedMinor: 2, amountMinor: 1 } ] } }
      const view = { ...v, entries: [...v.entries, entry] }
      const html = renderToStaticMarkup(createElement(NextIntlClientProvider, { locale, messages: messagesOf(locale) as never, timeZone: 'UTC', now: NOW, onError: (e) => errors.push(e) } as never,
        createElement(CaseHeader, { view }), createElement(CaseMoney, { view }), createElement(CaseUnits, { view }), createElement(CaseTimeline, { view, hide: () => null })))
      console.log(html.replaceAll(/<svg.*?<\/svg>/gs, '').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '))
    }
  }
  expect(errors).toEqual([])
})
