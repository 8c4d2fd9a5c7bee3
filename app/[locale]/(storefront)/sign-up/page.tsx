import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

import { TextLink } from '@/components/text-link'
import { PageHeader } from '@/components/page-header'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import { safeNextPath } from '@/lib/web/next-path'
import { signUpAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.signUp')
  return { title: t('title'), robots: { index: false } }
}

export default async function SignUpPage({ searchParams }: PageProps<'/[locale]/sign-up'>) {
  const { next } = await searchParams
  const t = await getTranslations('auth')
  const target = safeNextPath(typeof next === 'string' ? next : null, '')
  return (
    <div className="mx-auto max-w-md">
      <PageHeader title={t('signUp.title')}>
        <p>{t('signUp.body')}</p>
      </PageHeader>
      <ActionForm action={signUpAction} failed={t('signUp.failed')} className="grid gap-5">
        <input type="hidden" name="next" value={target} />
        <FormText label={t('email')} name="email" type="email" autoComplete="email" inputMode="email" maxLength={254} />
        <FormText
          label={t('password')}
          hint={t('signUp.passwordHint')}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={200}
        />
        <SubmitButton size="lg" wide>
          {t('signUp.submit')}
        </SubmitButton>
      </ActionForm>
      <p className="mt-8 border-t border-line pt-5">
        {t('signUp.haveAccount')}{' '}
        <TextLink href={{ pathname: '/sign-in', query: target ? { next: target } : {} }}>{t('signUp.signIn')}</TextLink>
      </p>
    </div>
  )
}
