import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import { currentUser } from '@/lib/web/session'
import { signOutAction } from './actions'

export default async function SignOutPage() {
  const t = await getTranslations('auth')
  const user = await currentUser()
  return (
    <div className="mx-auto max-w-md">
      <PageHeader title={t('signOut.title')}>
        <p>{user ? t('signOut.signedInAs', { email: user.email }) : t('signOut.none')}</p>
        {user && <p>{t('signOut.body')}</p>}
      </PageHeader>
      {user ? (
        <form action={signOutAction}>
          <SubmitButton size="lg" wide>
            {t('signOut.submit')}
          </SubmitButton>
        </form>
      ) : (
        <ButtonLink href="/sign-in">{t('signIn.title')}</ButtonLink>
      )}
    </div>
  )
}
