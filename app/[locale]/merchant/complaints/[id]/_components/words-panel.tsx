import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { MessageForm } from '@/components/case/message-form'
import { getPathname } from '@/i18n/navigation'
import type { CannedAnswer } from '@/lib/queries/merchant'
import type { FormAction } from '@/lib/web/action'
import { TextLink } from '../../../../_console/text-link'
import { COMPLAINTS } from '@/app/[locale]/merchant/complaints/query'
import { CannedPicker } from './canned-picker'

interface Props {
  complaintId: string
  action: FormAction<void>
  /** Stays in the address while an answer is filled in. */
  act?: string | undefined
  answers: readonly CannedAnswer[]
  /** The prepared answer that the address asks for. */
  chosen: string | undefined
  intro?: ReactNode
  label?: ReactNode
  hint?: ReactNode
  submit?: ReactNode
  /** More fields of the same form. */
  children?: ReactNode
}

/** Something to say in a case, with the prepared answers above it. */
export function WordsPanel({ complaintId, action, act, answers, chosen, intro, label, hint, submit, children }: Props) {
  const t = useTranslations('claims.canned')
  const path = getPathname({ href: `${COMPLAINTS}/${complaintId}`, locale: useLocale() })
  const filled = answers.find(({ id }) => id === chosen)
  return (
    <div className="grid max-w-2xl gap-4">
      {intro && <p className="text-ink-soft">{intro}</p>}
      {answers.length > 0 ? (
        <CannedPicker
          answers={answers}
          path={act === undefined ? `${path}#conversation` : `${path}#answer`}
          keep={act === undefined ? {} : { act }}
          chosen={filled?.id}
          words={{ label: t('label'), choose: t('choose'), insert: t('insert') }}
        />
      ) : (
        <p className="text-sm text-ink-soft">
          {t('none')} <TextLink href={`${COMPLAINTS}/answers`}>{t('manage')}</TextLink>
        </p>
      )}
      <MessageForm
        key={filled?.id}
        action={action}
        fields={{ complaintId }}
        label={label}
        hint={hint}
        submit={submit}
        {...(filled ? { defaultValue: filled.body } : {})}
      >
        {children}
      </MessageForm>
    </div>
  )
}
