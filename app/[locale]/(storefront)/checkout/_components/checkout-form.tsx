import { useLocale, useTranslations } from 'next-intl'
import { TextLink } from '@/components/text-link'
import { ActionForm, FormCheckbox, FormSecret, FormText } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatMoney, type Minor } from '@/lib/kernel/money'
import { placeCheckoutAction } from '../actions'
import { checkoutLine } from '../checkout-line'

interface Props {
  lines: readonly { variantId: string; quantity: number }[]
  from: 'cart' | 'product'
  /** Whether the merchant delivers any of it by hand. */
  byHand: boolean
  couponCode: string
  totalMinor: Minor
  walletMinor: Minor
  currency: string
  idempotencyKey: string
  /** Of the account; null for a guest. */
  email: string | null
  /** Where to come back to after signing in. */
  here: string
}

/** Who buys, consent, and the one button. What is shown is sent along, so that a changed price is asked about, not charged. */
export function CheckoutForm(props: Props) {
  const { lines, from, couponCode, totalMinor, walletMinor, currency, idempotencyKey, email, here } = props
  const t = useTranslations('order.checkout')
  const d = useTranslations('delivery.checkout')
  const locale = useLocale()
  const dueMinor = totalMinor - walletMinor
  return (
    <Card title={t('who')}>
      <ActionForm action={placeCheckoutAction} failed={t('failed')} className="grid gap-5">
        {lines.map((line) => (
          <input key={line.variantId} type="hidden" name="line" value={checkoutLine(line)} />
        ))}
        <input type="hidden" name="from" value={from} />
        <input type="hidden" name="couponCode" value={couponCode} />
        <input type="hidden" name="expectedTotalMinor" value={totalMinor} />
        <input type="hidden" name="walletMinor" value={walletMinor} />
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
        <FormCheckbox name="consent" value="yes" label={props.byHand ? d('consentManual') : t('consent')} />
        <SubmitButton size="lg" wide>
          {dueMinor === 0
            ? t('submitWallet', { total: formatMoney(walletMinor, currency, locale) })
            : t('submit', { total: formatMoney(dueMinor, currency, locale) })}
        </SubmitButton>
        <p className="text-sm text-ink-soft">
          {dueMinor === 0 ? t('submitWalletNote') : walletMinor > 0 ? t('submitMixedNote') : t('submitNote')}
        </p>
      </ActionForm>
    </Card>
  )
}
