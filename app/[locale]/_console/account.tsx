import { useTranslations } from 'next-intl'
import { SubmitButton } from '@/components/ui/submit-button'
import { Link } from '@/i18n/navigation'
import { signOutAction } from '../(storefront)/sign-out/actions'

/** Who is signed in, the way to the shop front and out. */
export function Account({ name, detail }: { name: string; detail: string }) {
  const t = useTranslations('console.account')
  return (
    <div className="grid gap-1.5">
      <p className="leading-snug">
        <span className="block font-medium">{name}</span>
        <span className="block text-ink-soft">{detail}</span>
      </p>
      <div className="flex flex-wrap items-center gap-x-3">
        <Link
          href="/"
          className="inline-flex min-h-9 items-center text-ink-soft underline-offset-4 hover:text-ink hover:underline"
        >
          {t('shop')}
        </Link>
        <form action={signOutAction}>
          <SubmitButton variant="quiet" size="sm" className="-ms-3">
            {t('signOut')}
          </SubmitButton>
        </form>
      </div>
    </div>
  )
}
