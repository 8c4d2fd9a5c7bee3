import { NextIntlClientProvider } from 'next-intl'
import { type ReactElement, createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { AnswerView } from '@/app/[locale]/(storefront)/verify/_components/answer-view'
import { ReportView } from '@/app/[locale]/(storefront)/verify/_components/report-view'
import { placeOf } from '@/app/[locale]/(storefront)/verify/place'
import { type FileAnswer, verifyFile } from '@/app/[locale]/(storefront)/verify/verify-file'
import type { Locale } from '@/i18n/routing'
import { CHECKS, LIMITS, type Report, verifyBundle } from '@/lib/domain/provenance'
import { messagesOf } from '@/messages'
import { type ALog, aLog } from '../domain/provenance/a-log'

let log: ALog
let trusted: string[]
beforeAll(async () => {
  log = await aLog()
  trusted = [log.first.verifier.vkey]
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const words = (locale: Locale) => messagesOf(locale).provenance

function shown(locale: Locale, view: ReactElement): string {
  const props = { locale, messages: messagesOf(locale), timeZone: 'Asia/Shanghai', now: new Date(0), children: view }
  const html = renderToStaticMarkup(createElement(NextIntlClientProvider, props))
  return html.replaceAll('&#x27;', "'").replaceAll('&quot;', '"')
}

const reportShown = (locale: Locale, report: Report) =>
  shown(locale, createElement(ReportView, { report, file: 'proof.json' }))

async function reportOf(text: string | Uint8Array<ArrayBuffer>, keys: readonly string[] = trusted): Promise<Report> {
  const answer = await verifyFile(new Blob([text]), keys)
  if (answer.kind !== 'report') throw new Error(`no report but ${answer.kind}`)
  return answer.report
}

describe('a chosen file', () => {
  test('is judged as the command judges it', async () => {
    expect(await reportOf(log.text)).toEqual(await verifyBundle(log.text, trusted))
    expect((await reportOf(log.text, [])).verdict).toBe('unproved')
  })

  test('that is no proof is refuted by name, whatever its bytes', async () => {
    const problemsOf = async (content: string | Uint8Array<ArrayBuffer>) =>
      (await reportOf(content)).checks.flatMap(({ problems }) => problems)
    expect(await problemsOf('hello')).toEqual([{ code: 'not-json', where: '' }])
    expect(await problemsOf('{}')).toMatchObject([{ code: 'not-a-bundle' }])
    expect(await problemsOf(new Uint8Array([0xff, 0xfe, 0x00]))).toEqual([{ code: 'not-json', where: '' }])
    expect(await problemsOf(`\uFEFF${log.text}`)).toEqual([{ code: 'not-json', where: '' }])
    expect(await problemsOf(log.text.replace(',', ', '))).toMatchObject([{ code: 'not-canonical' }])
  })

  test('that is empty, too large or cannot be read is not judged at all', async () => {
    expect(await verifyFile(new Blob([]), trusted)).toEqual({ kind: 'empty' })
    const piece = new Uint8Array(1024 * 1024)
    const large = new Blob([...Array.from({ length: 64 }, () => piece), 'x'])
    expect(await verifyFile(large, trusted)).toEqual({ kind: 'too-large', sizeMb: 65, limitMb: 64 })
    const gone = new Blob(['x'])
    gone.arrayBuffer = async () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    expect(await verifyFile(gone, trusted)).toEqual({ kind: 'unreadable' })
  })

  test('is not called false by a browser that cannot check it', async () => {
    const importKey = async () => Promise.reject(new DOMException('Unrecognized name', 'NotSupportedError'))
    vi.stubGlobal('crypto', { subtle: { importKey } })
    expect(await verifyFile(new Blob([log.text]), trusted)).toEqual({ kind: 'old' })
    vi.stubGlobal('crypto', {})
    expect(await verifyFile(new Blob([log.text]), trusted)).toEqual({ kind: 'insecure' })
  })
})

describe.for(['zh-CN', 'en'] as const)('the report in %s', (locale) => {
  const { verdict, check, limit, event, problem, where, timeline } = words(locale)

  test('names every check, every limit and every event with its place in the log', async () => {
    const html = reportShown(locale, await reportOf(log.text))
    expect(html).toContain('data-verdict="proved"')
    expect(html).toContain(verdict.proved)
    for (const name of Object.keys(CHECKS)) expect(html).toContain(check[name as keyof typeof CHECKS].name)
    for (const name of Object.keys(LIMITS)) expect(html).toContain(limit[name as keyof typeof LIMITS])
    for (const type of ['imported', 'reserved', 'delivered'] as const) expect(html).toContain(event[type])
    expect(html).toContain(log.orderId)
    // 2026-11-01, 08:00 in Shanghai, is when the chains begin.
    expect(html).toContain('2026-11-01T00:00:00.000Z')
    expect(html.match(/<li[^>]*><time/gu)).toHaveLength(5)
    expect(html).not.toContain(timeline.faulty)
  })

  test('names what was tampered with, in words and in the chain', async () => {
    const html = reportShown(locale, await reportOf(log.text.replace('"type":"reserved"', '"type":"revealed"')))
    expect(html).toContain('data-verdict="refuted"')
    expect(html).toContain(problem['event-hash'])
    expect(html).toContain(where.event.replace('{cdk, number}', '1').replace('{event, number}', '2'))
    expect(html).toContain('chains.0.1.event')
    expect(html.split(timeline.faulty)).toHaveLength(2)
  })

  test('without a key says what is missing, and nothing is called proved that is not', async () => {
    const html = reportShown(locale, await reportOf(log.text, []))
    expect(html).toContain('data-verdict="unproved"')
    expect(html).toContain(problem['no-trusted-key'])
    expect(html).toContain('data-check="trusted-key" data-outcome="not-shown"')
  })

  test('says why a file was not judged', () => {
    const answers: FileAnswer[] = [
      { kind: 'too-large', sizeMb: 65, limitMb: 64 },
      { kind: 'empty' },
      { kind: 'unreadable' },
      { kind: 'insecure' },
      { kind: 'old' },
    ]
    const texts = answers.map((answer) => shown(locale, createElement(AnswerView, { answer, file: 'x' })))
    expect(new Set(texts).size).toBe(answers.length)
    expect(texts[0]).toMatch(/64.*65|65.*64/u)
    for (const text of texts) expect(text).toContain('role="alert"')
  })
})

test('text out of a file can neither turn the line round nor hide, and a time beyond every calendar does not break the page', async () => {
  const report = await verifyBundle(log.text, trusted)
  const chain = report.bundle?.chains[0]
  const first = chain?.[0]
  if (!report.bundle || !first) throw new Error('the log has a chain')
  const opening = { salt: '0'.repeat(64), data: { note: 'a\u202eb', '\u0007': 'bell' } }
  const odd = { ...first, opening, event: { ...first.event, at: Number.MAX_SAFE_INTEGER } }
  const html = reportShown('en', { ...report, bundle: { ...report.bundle, chains: [[odd]] } })
  expect(html).toContain('a\\u{202e}b')
  expect(html).toContain('\\u{7}')
  for (const hidden of ['\u0007', '\u202e']) expect(html).not.toContain(hidden)
  expect(html).toContain(`${Number.MAX_SAFE_INTEGER} ms`)
})

test('places are told as people count', () => {
  expect(placeOf('chains.0.1.event')).toEqual({ kind: 'event', cdk: 1, event: 2 })
  expect(placeOf('chains.3')).toEqual({ kind: 'chain', cdk: 4 })
  expect(placeOf('character 12')).toEqual({ kind: 'character', at: 13 })
  expect(placeOf('log.handovers.0')).toEqual({ kind: 'handover', at: 1 })
  expect(placeOf('log.firstKey')).toEqual({ kind: 'key' })
  expect(placeOf('witnesses.1')).toEqual({ kind: 'witness', at: 2 })
  expect(placeOf('older.checkpoint')).toEqual({ kind: 'older' })
  expect(placeOf('checkpoint')).toEqual({ kind: 'checkpoint' })
  expect(placeOf('subject')).toEqual({ kind: 'subject' })
  expect(placeOf('chains.x.\u202e')).toEqual({ kind: 'other' })
})
