import { useLocale, useTranslations } from 'next-intl'
import { TextLink } from '@/components/text-link'
import { ActionForm, FormCheckbox, FormSecret, FormText } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatMoney, type Minor } from '@/lib/kernel/money'
import { placeOrderAction } from '../actions'

interface Props {
  variantId: string
  quantity: number
  totalMinor: Minor
  currency: string
  idempotencyKey: string
  /** Of the account; null for a guest. */
  email: string | null
  /** Where to come back to after signing in. */
  here: string
}

/** Who buys, consent, and the one button. The total is sent along so that a changed price is asked about, not charged. */
export function CheckoutForm({ variantId, quantity, totalMinor, currency, idempotencyKey, email, here }: Props) {
  const t = useTranslations('order.checkout')
  const total = formatMoney(totalMinor, currency, useLocale())
  return (
    <Card title={t('who')}>
      <ActionForm action={placeOrderAction} failed={t('failed')} className="grid gap-5">
        <input type="hidden" name="variantId" value={variantId} />
        <input type="hidden" name="quantity" value={quantity} />
        <input type="hidden" name="expectedTotalMinor" value={totalMinor} />
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        <input type="hidden" name="as" value={email === null ? 'guest' : 'account'} />
        {email === null ? (
          <>
            <p className="text-ink-soft">
              {t('guestHint')} <TextLink href={{ pathname: '/sign-in', query: { next: here } }}>{t('signIn')}</TextLink>
            </p>
            <FormText
              label={t('email')}
              hint={t('emailHint')}
              name="email"
              type="email"
              inputMode="email"
              autoComplete="email"
              maxLength={254}
            />
            <FormSecret
              label={t('passcode')}
              hint={t('passcodeHint')}
              name="passcode"
              show={t('showPasscode')}
              minLength={6}
              maxLength={100}
            />
          </>
        ) : (
          <p>{t('signedInAs', { email })}</p>
        )}
        <FormCheckbox name="consent" value="yes" label={t('consent')} />
        <SubmitButton size="lg" wide>
          {t('submit', { total })}
        </SubmitButton>
        <p className="text-sm text-ink-soft">{t('submitNote')}</p>
      </ActionForm>
    </Card>
  )
}
