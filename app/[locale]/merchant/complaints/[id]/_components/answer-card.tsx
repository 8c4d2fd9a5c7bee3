import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ActionForm, FormSelect, FormText } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { Tabs } from '@/components/ui/tabs'
import { REMEDIES } from '@/lib/domain/complaints'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'
import type { CannedAnswer } from '@/lib/queries/merchant'
import { hrefWith } from '../../../../_console/params'
import {
  askBuyerAction,
  contestComplaintAction,
  escalateAsMerchantAction,
  offerRemedyAction,
} from '@/app/[locale]/merchant/complaints/actions'
import { COMPLAINTS } from '@/app/[locale]/merchant/complaints/query'
import type { Act } from '../acts'
import { WordsPanel } from './words-panel'

interface Props {
  view: CaseView
  acts: readonly Act[]
  act: Act | undefined
  answers: readonly CannedAnswer[]
  chosen: string | undefined
  stock: number
  /** What accepting comes to; drawn only while that is chosen. */
  accept: ReactNode
}

/** What the merchant can answer now, one way at a time; the way stands in the address. */
export function AnswerCard({ view, acts, act, answers, chosen, stock, accept }: Props) {
  const t = useTranslations('claims')
  const [a, c] = [useTranslations('claims.accept'), useTranslations('case.remedy')]
  const locale = useLocale()
  const words = { complaintId: view.id, act, answers, chosen }
  const paid = view.units.reduce((sum, { priceMinor }) => sum + priceMinor, 0)
  const left = view.order.totalMinor - view.order.refundedMinor
  const most = formatMoney(view.units.length === 0 ? left : Math.min(paid, left), view.currency, locale)
  const shown = act !== undefined && acts.includes(act) ? act : undefined
  return (
    <Card title={t('act.title')} id="answer" className="scroll-mt-24">
      <Tabs
        label={t('act.label')}
        tabs={acts.map((one) => ({
          href: `${hrefWith(`${COMPLAINTS}/${view.id}`, { act: one })}#answer`,
          label: t(`act.${one}`),
          current: one === shown,
        }))}
      />
      <div className="mt-5">
        {shown === undefined && <p className="text-ink-soft">{t('act.choose')}</p>}
        {shown === 'accept' && accept}
        {shown === 'offer' && (
          <WordsPanel
            {...words}
            action={offerRemedyAction}
            intro={t('offer.text')}
            label={t('offer.words')}
            hint={t('offer.wordsHint')}
            submit={t('offer.submit')}
          >
            <FormSelect
              name="remedy"
              label={t('offer.remedy')}
              hint={a('stock', { count: stock })}
              defaultValue={view.demand === 'COMPENSATION' ? 'REFUND' : 'COMPENSATION'}
            >
              {REMEDIES.map((remedy) => (
                <option key={remedy} value={remedy}>
                  {c(remedy)}
                </option>
              ))}
            </FormSelect>
            <FormText
              name="amount"
              label={t('offer.amount')}
              hint={t('offer.amountHint', { most })}
              inputMode="decimal"
              optional
            />
          </WordsPanel>
        )}
        {shown === 'contest' && (
          <WordsPanel
            {...words}
            action={contestComplaintAction}
            intro={
              <>
                {t('contest.text')} {view.state === 'OFFERED' && t('contest.withdraws')}
              </>
            }
            label={t('contest.words')}
            hint={t('contest.wordsHint')}
            submit={t('contest.submit')}
          />
        )}
        {shown === 'ask' && (
          <WordsPanel
            {...words}
            action={askBuyerAction}
            intro={t('ask.text')}
            label={t('ask.words')}
            hint={t('ask.wordsHint')}
            submit={t('ask.submit')}
          />
        )}
        {shown === 'escalate' && (
          <ActionForm action={escalateAsMerchantAction} failed={t('escalate.failed')} className="grid max-w-2xl gap-4">
            <p className="text-ink-soft">{t('escalate.text')}</p>
            <input type="hidden" name="complaintId" value={view.id} />
            <div>
              <ConfirmSubmit
                label={t('escalate.submit')}
                question={t('escalate.question')}
                confirm={t('escalate.confirm')}
                danger={false}
              >
                {t('escalate.text')}
              </ConfirmSubmit>
            </div>
          </ActionForm>
        )}
      </div>
    </Card>
  )
}
