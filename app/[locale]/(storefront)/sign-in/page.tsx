import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

import { TextLink } from '@/components/text-link'
import { PageHeader } from '@/components/page-header'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import { safeNextPath } from '@/lib/web/next-path'
import { signInAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.signIn')
  return { title: t('title'), robots: { index: false } }
}

export default async function SignInPage({ searchParams }: PageProps<'/[locale]/sign-in'>) {
  const { next } = await searchParams
  const t = await getTranslations('auth')
  const target = safeNextPath(typeof next === 'string' ? next : null, '')
  const query = target ? { next: target } : {}
  return (
    <div className="mx-auto max-w-md">
      <PageHeader title={t('signIn.title')}>
        <p>{t('signIn.body')}</p>
      </PageHeader>
      <ActionForm action={signInAction} failed={t('failed')} className="grid gap-5">
        <input type="hidden" name="next" value={target} />
        <FormText
          label={t('email')}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          maxLength={254}
        />
        <FormText
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
        />
        <SubmitButton size="lg" wide>
          {t('signIn.submit')}
        </SubmitButton>
      </ActionForm>
      <div className="mt-8 grid gap-2 border-t border-line pt-5">
        <p>
          {t('signIn.noAccount')} <TextLink href={{ pathname: '/sign-up', query }}>{t('signIn.signUp')}</TextLink>
        </p>
        <p className="text-ink-soft">
          {t('signIn.guest')} <TextLink href="/lookup">{t('signIn.lookup')}</TextLink>
        </p>
      </div>
    </div>
  )
}
