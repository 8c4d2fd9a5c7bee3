import { MessageSquareText } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { MOST_CANNED_ANSWERS } from '@/lib/domain/complaints'
import { db } from '@/lib/infra/db'
import { listCannedAnswers } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { COMPLAINTS } from '../query'
import { AnswerForm, DeleteAnswer } from './_components/answer-form'

export async function generateMetadata() {
  return { title: (await getTranslations('claims.answers'))('title') }
}

/** The merchant's prepared answers: what is there, and one more. */
export default async function AnswersPage() {
  const { merchantId } = await requireMerchantUser()
  const answers = await listCannedAnswers(db(), merchantId)
  const t = await getTranslations('claims.answers')
  const c = await getTranslations('claims')
  return (
    <>
      <PageHeader title={t('title')} back={{ href: COMPLAINTS, label: c('back') }}>
        {t('intro', { most: MOST_CANNED_ANSWERS })}
      </PageHeader>
      <div className="grid gap-5">
        {answers.length === 0 && (
          <Card flush>
            <EmptyState icon={<MessageSquareText />} title={t('none')}>
              {t('noneText')}
            </EmptyState>
          </Card>
        )}
        {answers.length < MOST_CANNED_ANSWERS && (
          <Card title={t('new')}>
            {/* The key empties the form once an answer has come into the list. */}
            <AnswerForm key={answers.length} answer={null} />
          </Card>
        )}
        {answers.map((answer) => (
          <Card key={answer.id} title={answer.title} action={<DeleteAnswer answer={answer} />}>
            <details>
              <summary className="min-h-9 cursor-pointer font-medium text-jade">
                {t('edit', { title: answer.title })}
              </summary>
              <div className="mt-3">
                <AnswerForm answer={answer} />
              </div>
            </details>
            <p className="mt-2 max-w-prose wrap-anywhere whitespace-pre-wrap text-ink-soft">{answer.body}</p>
          </Card>
        ))}
      </div>
    </>
  )
}
