import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { type DraftAnswers, findDraft } from '@/lib/domain/complaints'
import { db } from '@/lib/infra/db'
import { type Opening, findOpening } from '@/lib/queries/case'
import { currentBuyer } from '@/lib/web/action'
import { Check } from './_components/check'
import { CdksQuestion, DemandQuestion, FailureQuestion, StoryQuestion } from './_components/questions'
import { Undelivered } from './_components/undelivered'
import { STEPS, completed, failuresFor, stepOf } from './steps'

type Props = PageProps<'/[locale]/orders/[number]/complaints/new'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { number } = await params
  const t = await getTranslations('complain')
  return { title: t('metaTitle', { number: number.slice(0, 40) }), robots: { index: false }, referrer: 'same-origin' }
}

/** The guided complaint: one question a screen, what was answered is kept. */
export default async function NewComplaintPage({ params, searchParams }: Props) {
  const { number } = await params
  const { step, cdk } = await searchParams
  const now = new Date()
  const { buyer } = await currentBuyer()
  const order = await findOpening(db(), buyer, number, now)
  if (!order) notFound()
  const draft = (await findDraft(db(), order.id)) ?? {}
  const t = await getTranslations('complain')
  return (
    <div className="mx-auto grid max-w-2xl gap-5">
      <PageHeader title={t('title')} back={{ href: `/orders/${number}`, label: t('back', { number }) }} />
      <Body order={order} draft={draft} step={onlyOf(step)} cdk={onlyOf(cdk)} now={now} />
    </div>
  )
}

interface BodyProps {
  order: Opening
  draft: DraftAnswers
  step: string | undefined
  cdk: string | undefined
  now: Date
}

async function Body({ order, draft, step, cdk, now }: BodyProps) {
  const refusal = refusalOf(order, now)
  if (refusal) return <Guard order={order} why={refusal} />
  if (order.status === 'AWAITING_DELIVERY') return <Undelivered order={order} now={now} />
  const asked = order.cdks.filter(({ id, known }) => id === cdk && !known).map(({ id }) => id)
  const current = asked.length > 0 ? 'cdks' : stepOf(order, draft, step, now)
  const answers = completed(order, draft, now)
  const t = await getTranslations('complain')
  const question = { order, draft, now }
  const at = STEPS.indexOf(current) + 1
  return (
    <>
      <div className="grid gap-2">
        <p className="text-sm text-ink-soft">{t('progress', { step: at, of: STEPS.length })}</p>
        <progress
          value={at}
          max={STEPS.length}
          aria-label={t('progress', { step: at, of: STEPS.length })}
          className="h-1.5 w-full appearance-none overflow-hidden rounded-sm bg-line [&::-moz-progress-bar]:bg-jade-solid [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-jade-solid"
        />
      </div>
      {step === undefined && draft.cdkIds && <Notice kind="info">{t('resumed')}</Notice>}
      {current === 'cdks' && <CdksQuestion {...question} asked={asked} />}
      {current === 'failure' && <FailureQuestion {...question} />}
      {current === 'story' && draft.failure && <StoryQuestion {...question} failure={draft.failure} />}
      {current === 'demand' && draft.failure && <DemandQuestion {...question} failure={draft.failure} />}
      {current === 'check' && typeof answers !== 'string' && <Check order={order} answers={answers} />}
    </>
  )
}

type Why = 'frozen' | 'status' | 'late' | 'nothing'

function refusalOf(order: Opening, now: Date): Why | null {
  if (order.frozenAt) return 'frozen'
  if (order.status === 'AWAITING_DELIVERY') return null
  if (order.status !== 'DELIVERED' && order.status !== 'CONFIRMED') return 'status'
  const charge = failuresFor(order, [], now).length
  const free = order.cdks.find(({ known }) => !known)
  if (!free && charge === 0) return 'nothing'
  return charge === 0 && free && failuresFor(order, [free.id], now).length === 0 ? 'late' : null
}

async function Guard({ order, why }: { order: Opening; why: Why }) {
  const [t, s] = [await getTranslations('complain.guard'), await getTranslations('order.status')]
  return (
    <Notice kind="warn" title={t('title')}>
      <p>{t(why, { status: s(order.status) })}</p>
      <p className="mt-3">
        <ButtonLink href={`/orders/${order.number}`} variant="secondary">
          {t('toOrder')}
        </ButtonLink>
      </p>
    </Notice>
  )
}

function onlyOf(param: string | string[] | undefined): string | undefined {
  return typeof param === 'string' ? param : undefined
}
