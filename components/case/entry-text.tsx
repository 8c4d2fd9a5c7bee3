import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseEntryShown, CaseView } from '@/lib/queries/case'
import { RecordFactText } from './record-fact-text'

interface Props {
  type: CaseEntryShown['type']
  body: NonNullable<CaseEntryShown['body']>
  view: CaseView
}

/** What an entry says: people's own words as they are, figures and facts in ours. */
export function EntryText({ type, body, view }: Props) {
  const said = [body.statement, body.text, body.reasons, body.note].filter((text) => text)
  const figures = useFigures({ type, body, view })
  const facts = body.facts ?? []
  return (
    <>
      {figures.length + facts.length > 0 && (
        <ul className="grid gap-0.5 text-[0.9375rem] wrap-anywhere">
          {figures.map((figure, index) => (
            <li key={index}>{figure}</li>
          ))}
          {facts.map((fact, index) => (
            <li key={`fact-${index}`}>
              <RecordFactText fact={fact} view={view} />
            </li>
          ))}
        </ul>
      )}
      {said.map((text) => (
        <p key={text} className="wrap-anywhere whitespace-pre-wrap">
          {text}
        </p>
      ))}
    </>
  )
}

const CAUSES = ['RECORDS', 'SILENCE', 'CLOCK', 'RULE', 'TIMED_OUT'] as const

function useFigures({ type, body, view }: Props): ReactNode[] {
  const t = useTranslations('case')
  const f = useTranslations('failures.name')
  const locale = useLocale()
  const money = (minor: number) => formatMoney(minor, view.currency, locale)
  const indexOf = (cdkId: string) => view.units.find((unit) => unit.cdkId === cdkId)?.position ?? 0
  const said: ReactNode[] = []
  if (type === 'opened') said.push(`${f(view.failure)} · ${t(`remedy.${view.demand}`)}`)
  const cause = CAUSES.find((known) => known === (body.cause ?? body.by))
  if (cause) said.push(t(`cause.${cause}`))
  if (body.remedy) said.push(`${t(`remedy.${body.remedy}`)}${body.amountMinor ? ` ${money(body.amountMinor)}` : ''}`)
  for (const { cdkId, result } of body.units ?? [])
    said.push(t('did.unit', { index: indexOf(cdkId), result: t(`result.${result}`) }))
  if (body.refundedMinor) said.push(t('did.refunded', { amount: money(body.refundedMinor) }))
  if (body.compensationMinor) said.push(t('did.compensated', { amount: money(body.compensationMinor) }))
  if (body.replaced && body.replaced.length > 0) said.push(t('did.replaced', { count: body.replaced.length }))
  if (type === 'penalty' && body.amountMinor) {
    const taken = money(body.takenMinor ?? body.amountMinor)
    said.push(t('did.penalty', { amount: money(body.amountMinor), taken }))
  }
  if (body.fileName) said.push(body.fileName)
  if (type === 'hidden' && body.seq !== undefined && body.seq !== null) said.push(`#${body.seq}`)
  if (type === 'closed' && view.outcome && body.outcome === view.outcome) said.push(t(`outcome.${view.outcome}`))
  return said
}
