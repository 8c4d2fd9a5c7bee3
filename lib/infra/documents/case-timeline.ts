import { factLine } from './case-facts'
import type { CaseDocument } from './case-types'
import type { CaseDesk } from './case-words'

export interface CaseHappening {
  readonly at: Date
  readonly title: string
  /** Who, where somebody acted. */
  readonly by: string | null
  readonly lines: readonly string[]
  /** In one line, for other channels; null for what people wrote to each other. */
  readonly short: string | null
}

/** Order -> payment -> delivery -> views -> complaint -> replies -> ruling -> refund, as it came. */
export function caseTimeline(desk: CaseDesk): CaseHappening[] {
  const { document } = desk
  const happenings = [...orderHappenings(desk), ...document.entries.map((entry) => entryHappening(desk, entry))]
  // Entries of one moment stay in the order of the chain: sorting is stable, and what the order did stands before.
  return happenings.toSorted((one, other) => one.at.getTime() - other.at.getTime())
}

function orderHappenings({ document, t, words, money, provider }: CaseDesk): CaseHappening[] {
  const { placedAt, paidAt, deliveredAt, endedAt, payment, units, refunds, totalMinor } = document
  const plain = (at: Date | null, title: string, lines: readonly string[] = []): CaseHappening[] =>
    at ? [{ at, title, by: null, lines, short: [title, ...lines].join(' · ') }] : []
  const captured = payment && t('doc.timeline.captured', { ...payment, provider: provider(payment.provider) })
  return [
    ...plain(placedAt, t('doc.timeline.placed')),
    ...plain(paidAt, t('doc.timeline.paid', { amount: money(totalMinor) }), captured === null ? [] : [captured]),
    ...plain(deliveredAt, t('doc.timeline.delivered')),
    ...units.flatMap(({ revealedAt, position }) =>
      plain(revealedAt, t('doc.timeline.revealed', { index: position })).map((row) => ({
        ...row,
        by: words('side.BUYER'),
      })),
    ),
    ...refunds.flatMap(({ at, amountMinor, status, reference }) =>
      plain(
        at,
        t('doc.timeline.refund', { amount: money(amountMinor), status: t(`doc.refunds.${status}`) }),
        reference === null ? [] : [t('doc.timeline.refundReference', { reference })],
      ),
    ),
    ...plain(endedAt, t('doc.timeline.ended')),
  ]
}

function entryHappening(desk: CaseDesk, entry: CaseDocument['entries'][number]): CaseHappening {
  const { t, words } = desk
  const { at, type, by, withheld, seq } = entry
  const lines = withheld === null ? entryLines(desk, entry) : [t(`doc.timeline.withheld.${withheld}`)]
  const title = words(`entry.${type}`)
  const opened = type === 'opened' ? t('channel.opened', { failure: desk.failure }) : title
  const short = type === 'message' || type === 'evidence' || withheld !== null ? null : opened
  return {
    at,
    title,
    short,
    by: `${words(`side.${by}`)} · ${t('doc.timeline.entry', { seq })}`,
    lines,
  }
}

function entryLines(desk: CaseDesk, { body, type }: CaseDocument['entries'][number]): string[] {
  if (!body) return []
  const { t, words, money, cause, document } = desk
  const opened = type === 'opened' ? [`${desk.failure} · ${demandOf(desk)}`] : []
  const { replaced, fileName, sha256, amountMinor, remedy, refundedMinor, compensationMinor } = body
  const replacedCount = replaced?.length ?? 0
  return [
    ...opened,
    ...[body.statement, body.text, body.reasons, body.note].filter((text) => text !== null && text !== undefined),
    ...(typeof body.cause === 'string' ? [cause(body.cause)] : []),
    ...(body.facts ?? []).map((fact) => factLine(desk, fact)),
    ...(remedy ? [words(`remedy.${remedy}`)] : []),
    ...(typeof amountMinor === 'number' ? [t('doc.timeline.amount', { amount: money(amountMinor) })] : []),
    ...(refundedMinor ? [words('did.refunded', { amount: money(refundedMinor) })] : []),
    ...(compensationMinor ? [words('did.compensated', { amount: money(compensationMinor) })] : []),
    ...(replacedCount > 0 ? [words('did.replaced', { count: replacedCount })] : []),
    ...(typeof fileName === 'string' && typeof sha256 === 'string'
      ? [
          t('doc.timeline.file', {
            name: document.evidence.find((file) => file.sha256 === sha256)?.path ?? fileName,
            hash: sha256,
          }),
        ]
      : []),
  ]
}

/** The demand with what it comes to. */
export function demandOf({ document: { demand, demandMinor, stakeMinor }, t, words, money }: CaseDesk): string {
  return t('doc.case.demandOf', { remedy: words(`remedy.${demand}`), amount: money(demandMinor ?? stakeMinor) })
}
