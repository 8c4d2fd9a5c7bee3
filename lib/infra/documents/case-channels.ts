import type { Locale } from '@/i18n/routing'
import { caseTimeline } from './case-timeline'
import type { CaseDocument } from './case-types'
import { type CaseDesk, caseDesk } from './case-words'

const CHANNELS = [
  { path: 'channels/12315.zh.txt', channel: 'c12315', locale: 'zh-CN' },
  { path: 'channels/heimao.zh.txt', channel: 'heimao', locale: 'zh-CN' },
  { path: 'channels/court.zh.txt', channel: 'court', locale: 'zh-CN' },
  { path: 'channels/court.en.txt', channel: 'court', locale: 'en' },
] as const satisfies readonly { path: string; channel: string; locale: Locale }[]

/** What to write to each outside channel: claim, against whom, amounts, facts and attachments in order, where to hand it in. */
export function renderCaseChannels(document: CaseDocument): { readonly path: string; readonly text: string }[] {
  return CHANNELS.map(({ path, channel, locale }) => ({ path, text: textOf(caseDesk(document, locale), channel) }))
}

function textOf(desk: CaseDesk, channel: (typeof CHANNELS)[number]['channel']): string {
  const { document, t, money } = desk
  const { seller, demand, demandMinor, stakeMinor, totalMinor, refundedMinor } = document
  const numbered = (text: string, at: number) => t('channel.numbered', { number: at + 1, text })
  const already = refundedMinor > 0 ? [t('channel.already', { amount: money(refundedMinor) })] : []
  const lines = [
    t(`channel.${channel}.title`),
    t('doc.of', { number: document.number, order: document.orderNumber }),
    '',
    t('channel.fill'),
    t('channel.against', { name: seller.legalName, code: seller.creditCode, shop: seller.shopName }),
    '',
    t('channel.claim'),
    t(`channel.demand.${demand}`, { amount: money(demandMinor ?? stakeMinor) }),
    ...already,
    t('channel.amount', { total: money(totalMinor), stake: money(stakeMinor) }),
    '',
    t('channel.facts'),
    ...factsOf(desk).map(numbered),
    '',
    t('channel.attachments'),
    ...attachmentsOf(desk).map(numbered),
    '',
    t('channel.verify', { at: desk.at(document.asOf), hash: document.head.hash }),
    t(`channel.${channel}.where`),
    t('channel.note'),
    '',
  ]
  return lines.join('\n')
}

/** Dates and deeds, without what people wrote to each other: that is in the timeline. */
function factsOf(desk: CaseDesk): string[] {
  return caseTimeline(desk).flatMap(({ at, short }) =>
    short === null ? [] : desk.t('channel.line', { at: desk.at(at), what: short }),
  )
}

/** What lies in the same ZIP, by its path there. */
function attachmentsOf({ document: { evidence, proof }, locale }: CaseDesk): string[] {
  const language = locale === 'en' ? 'en' : 'zh'
  return [
    `timeline.${language}.pdf`,
    'order.json',
    'case.json',
    ...evidence.map(({ path }) => path),
    ...(proof ? ['provenance/order.json'] : []),
    'manifest.json',
    'manifest.sig',
  ]
}
