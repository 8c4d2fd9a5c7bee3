import { type CaseHappening, caseTimeline, demandOf } from './case-timeline'
import type { CaseDesk } from './case-words'

export type CaseBlock =
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  /** `shares` of the width, of 100 together. */
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      readonly shares: readonly number[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'happenings'; readonly rows: readonly CaseHappening[] }

export interface CaseSection {
  readonly title: string
  readonly blocks: readonly CaseBlock[]
}

/** The file of a case as one reads it, whatever it is printed on. */
export function caseSections(desk: CaseDesk): CaseSection[] {
  const { t } = desk
  return [
    { title: t('doc.case.title'), blocks: [facts(caseFacts(desk))] },
    { title: t('doc.seller.title'), blocks: [facts(sellerFacts(desk))] },
    { title: t('doc.order.title'), blocks: [facts(orderFacts(desk))] },
    { title: t('doc.units.title'), blocks: [unitsOf(desk)] },
    { title: t('doc.timeline.title'), blocks: [{ kind: 'happenings', rows: caseTimeline(desk) }] },
    { title: t('doc.evidence.title'), blocks: [evidenceOf(desk)] },
    { title: t('doc.rulings.title'), blocks: [{ kind: 'texts', texts: rulingsOf(desk) }] },
    { title: t('doc.refunds.title'), blocks: [refundsOf(desk)] },
    { title: t('doc.rules.title'), blocks: [facts(rulesOf(desk))] },
    { title: t('doc.about.title'), blocks: [{ kind: 'texts', texts: [t('doc.about.text'), t('doc.about.limits')] }] },
  ]
}

function facts(rows: readonly (readonly [string, string] | null)[]): CaseBlock {
  return { kind: 'facts', rows: rows.filter((row) => row !== null) }
}

function caseFacts(desk: CaseDesk): [string, string][] {
  const { document, t, words, at } = desk
  const { number, orderNumber, state, outcome, head, openedAt, closedAt } = document
  return [
    [t('doc.number'), number],
    [t('doc.orderNumber'), orderNumber],
    [t('doc.asOf'), at(document.asOf)],
    [t('doc.case.state'), words(`state.${state}`)],
    [t('doc.case.outcome'), outcome === null ? t('doc.notYet') : words(`outcome.${outcome}`)],
    [t('doc.case.failure'), desk.failure],
    [t('doc.case.demand'), demandOf(desk)],
    [t('doc.case.stake'), desk.money(document.stakeMinor)],
    [t('doc.case.opened'), at(openedAt)],
    [t('doc.case.closed'), closedAt ? at(closedAt) : t('doc.notYet')],
    [t('doc.case.head'), t('doc.case.headOf', head)],
  ]
}

function sellerFacts({ document: { seller }, t }: CaseDesk): [string, string][] {
  return [
    [t('doc.seller.shop'), seller.shopName],
    [t('doc.seller.legal'), seller.legalName],
    [t('doc.seller.code'), seller.creditCode],
  ]
}

function orderFacts({ document, t, money, at, said, provider }: CaseDesk): ([string, string] | null)[] {
  const { payment, paidAt, deliveredAt, endedAt, discountMinor, walletMinor, refundedMinor } = document
  const moment = (when: Date | null) => (when ? at(when) : t('doc.notYet'))
  return [
    [t('doc.order.product'), said(document.titleZh, document.titleEn)],
    [t('doc.order.variant'), said(document.variantZh, document.variantEn)],
    [t('doc.order.quantity'), String(document.quantity)],
    [t('doc.order.unit'), money(document.unitPriceMinor)],
    discountMinor > 0 ? [t('doc.order.discount'), money(-discountMinor)] : null,
    [t('doc.order.total'), money(document.totalMinor)],
    walletMinor > 0 ? [t('doc.order.wallet'), money(walletMinor)] : null,
    payment && [t('doc.order.provider'), provider(payment.provider)],
    payment && [t('doc.order.reference'), payment.reference],
    payment && [t('doc.order.captured'), at(payment.at)],
    [t('doc.order.placed'), at(document.placedAt)],
    [t('doc.order.paid'), moment(paidAt)],
    [t('doc.order.delivered'), moment(deliveredAt)],
    [t('doc.order.released'), moment(endedAt)],
    [t('doc.order.refunded'), money(refundedMinor)],
    [t('doc.order.buyer'), document.buyer],
    [t('doc.order.hash'), document.snapshotHash],
  ]
}

function unitsOf({ document: { units }, t, words, money, at }: CaseDesk): CaseBlock {
  if (units.length === 0) return { kind: 'texts', texts: [t('doc.units.charge')] }
  const head = ['index', 'price', 'delivered', 'revealed', 'result'] as const
  return {
    kind: 'table',
    head: head.map((name) => t(`doc.units.${name}`)),
    shares: [14, 14, 24, 24, 24],
    rows: units.map(({ position, priceMinor, deliveredAt, revealedAt, result, replacementPosition }) => {
      const said = result === null ? t('doc.units.open') : words(`result.${result}`)
      return [
        t('doc.units.nth', { index: position }),
        money(priceMinor),
        deliveredAt ? at(deliveredAt) : t('doc.none'),
        revealedAt ? at(revealedAt) : t('doc.none'),
        replacementPosition === null ? said : t('doc.units.replaced', { result: said, index: replacementPosition }),
      ]
    }),
  }
}

function evidenceOf({ document: { evidence }, t, at, kind, side }: CaseDesk): CaseBlock {
  if (evidence.length === 0) return { kind: 'texts', texts: [t('doc.none')] }
  const head = ['path', 'side', 'kind', 'at', 'bytes', 'hash'] as const
  return {
    kind: 'table',
    head: head.map((name) => t(`doc.evidence.${name}`)),
    shares: [22, 10, 18, 16, 10, 24],
    rows: evidence.map((file) => [
      file.path,
      side(file.side),
      kind(file.kind),
      at(file.at),
      String(file.byteCount),
      file.sha256,
    ]),
  }
}

function rulingsOf({ document: { rulings, penalties }, t, words, money, at }: CaseDesk): string[] {
  const ruled = rulings.map(({ appeal, forBuyer, reasons, at: when }) =>
    [
      words(appeal ? 'ruling.appeal' : 'ruling.title'),
      at(when),
      words(forBuyer ? 'ruling.forBuyer' : 'ruling.forMerchant'),
      reasons,
    ].join(' · '),
  )
  const taken = penalties.map(
    ({ tariff, amountMinor, takenMinor, returnedAt }) =>
      t('doc.rulings.penalty', { tariff, amount: money(amountMinor), taken: money(takenMinor) }) +
      (returnedAt ? t('doc.rulings.returned', { at: at(returnedAt) }) : ''),
  )
  return [...(ruled.length === 0 ? [t('doc.rulings.none')] : ruled), ...taken]
}

function refundsOf({ document: { refunds }, t, money, at }: CaseDesk): CaseBlock {
  if (refunds.length === 0) return { kind: 'texts', texts: [t('doc.none')] }
  const head = ['at', 'method', 'amount', 'status', 'reference'] as const
  return {
    kind: 'table',
    head: head.map((name) => t(`doc.refunds.${name}`)),
    shares: [26, 16, 14, 18, 26],
    rows: refunds.map(({ at: when, method, amountMinor, status, reference }) => [
      at(when),
      t(`doc.refunds.${method}`),
      money(amountMinor),
      t(`doc.refunds.${status}`),
      reference ?? t('doc.none'),
    ]),
  }
}

function rulesOf({ document: { rules }, t }: CaseDesk): ([string, string] | null)[] {
  const hours = (count: number) => t('doc.rules.hours', { count })
  const days = (count: number) => t('doc.rules.days', { count })
  const after = rules.inspectionHoursAfterReveal
  return [
    [t('doc.rules.inspection'), hours(rules.inspectionHours)],
    after === null ? null : [t('doc.rules.afterReveal'), hours(after)],
    [t('doc.rules.reply'), hours(rules.merchantReplyHours)],
    [t('doc.rules.evidence'), hours(rules.buyerEvidenceHours)],
    [t('doc.rules.escalation'), hours(rules.escalationHours)],
    [t('doc.rules.arbitration'), hours(rules.arbitrationHours)],
    [t('doc.rules.undecided'), days(rules.arbitrationRefundDays)],
    [t('doc.rules.appeal'), days(rules.appealDays)],
    [t('doc.rules.claim'), days(rules.claimDays)],
    [t('doc.rules.fraud'), days(rules.fraudClaimDays)],
  ]
}
