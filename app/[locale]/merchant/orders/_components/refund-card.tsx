import { getLocale, getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { Refusal } from '@/lib/kernel/refusal'
import { type Bearers, type MerchantOrder, type RefundPreview, previewRefund } from '@/lib/queries/merchant'
import { fieldMessages } from '@/lib/web/field-messages'
import { refusalMessage } from '@/lib/web/refusal-message'
import { RefundChoice } from '../refund-input'
import { type Chosen, RefundChoiceForm } from './refund-choice-form'
import { RefundDecision } from './refund-decision'

type Query = Record<string, string | string[] | undefined>

interface Props {
  order: MerchantOrder
  query: Query
  /** Who would bear it; null while nothing was chosen. */
  bearers: Bearers | null
}

/** Gives money back in two steps: what, then what that comes to and why. The first lives in the address. */
export async function RefundCard({ order, query, bearers }: Props) {
  const [t, locale] = [await getTranslations('merchant.refund'), await getLocale()]
  const looked = look(order, query, bearers, locale)
  return (
    <Card title={t('title')} id="refund" className="scroll-mt-4">
      {'preview' in looked ? (
        <RefundDecision order={order} preview={looked.preview} choice={choiceOf(query)} />
      ) : (
        <div className="grid gap-4">
          {looked.refused && (
            <Notice kind="danger" title={t('failed')}>
              {looked.refused}
            </Notice>
          )}
          <RefundChoiceForm order={order} chosen={chosenOf(query, looked.amountError)} />
        </div>
      )}
    </Card>
  )
}

type Looked =
  | { readonly preview: RefundPreview }
  | { readonly refused: string | undefined; readonly amountError: string | undefined }

function look(order: MerchantOrder, query: Query, bearers: Bearers | null, locale: Locale): Looked {
  const nothing = { refused: undefined, amountError: undefined }
  if (!bearers) return nothing
  const wanted = RefundChoice.safeParse(query)
  if (!wanted.success) return { ...nothing, amountError: fieldMessages(wanted.error, locale).amount }
  try {
    const preview = previewRefund(order, bearers, wanted.data)
    const { fromFundMinor: lackMinor } = preview
    if (lackMinor > 0) throw new Refusal('refund/beyond-own-money', { lackMinor })
    return { preview }
  } catch (error) {
    if (error instanceof Refusal) return { ...nothing, refused: refusalMessage(error, locale) }
    throw error
  }
}

function choiceOf({ what, cdk, amount }: Query): [string, string][] {
  return Object.entries({
    what,
    cdk: what === 'cdks' ? cdk : undefined,
    amount: what === 'amount' ? amount : undefined,
  }).flatMap(([name, values]) => [values ?? []].flat().map((value): [string, string] => [name, value]))
}

function chosenOf({ what, cdk, amount }: Query, amountError: string | undefined): Chosen {
  const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)
  return { what: one(what), amount: one(amount), cdkIds: [cdk ?? []].flat(), amountError }
}
