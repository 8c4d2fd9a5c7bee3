import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { TextLink } from '@/components/text-link'
import { ActionForm, FormSecret, FormText } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import { lookUpAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order.lookup')
  return { title: t('title'), robots: { index: false } }
}

export default async function LookUpPage({ searchParams }: PageProps<'/[locale]/lookup'>) {
  const { number } = await searchParams
  const t = await getTranslations('order')
  return (
    <div className="mx-auto max-w-md">
      <PageHeader title={t('lookup.title')}>
        <p>{t('lookup.body')}</p>
      </PageHeader>
      <ActionForm action={lookUpAction} failed={t('lookup.failed')} className="grid gap-5">
        <FormText
          label={t('lookup.number')}
          hint={t('lookup.numberHint')}
          name="number"
          defaultValue={typeof number === 'string' ? number.slice(0, 40) : undefined}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          className="font-mono uppercase placeholder:normal-case"
        />
        <FormSecret label={t('lookup.passcode')} name="passcode" show={t('checkout.showPasscode')} maxLength={200} />
        <SubmitButton size="lg" wide>
          {t('lookup.submit')}
        </SubmitButton>
      </ActionForm>
      <div className="mt-8 grid gap-2 border-t border-line pt-5 text-ink-soft">
        <p>
          {t('lookup.account')} <TextLink href="/account/orders">{t('list.title')}</TextLink>
        </p>
        <p>{t('lookup.lost')}</p>
      </div>
    </div>
  )
}
