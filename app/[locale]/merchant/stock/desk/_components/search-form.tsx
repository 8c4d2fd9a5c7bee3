'use client'

import { Search } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/web/action-state'
import { TextLink } from '../../../../_console/text-link'
import { searchStockAction } from '../actions'

/** A pasted code is sent in the body of a form and never stands in an address. */
export function SearchForm() {
  const t = useTranslations('desk')
  const locale = useLocale()
  const [state, search] = useActionState(searchStockAction, IDLE)
  return (
    <form action={search} className="grid gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow sm:max-w-md">
          <Field label={t('search.label')} hint={t('search.hint')}>
            {(aria) => (
              <Input
                {...aria}
                name="secret"
                required
                maxLength={2000}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                className="font-mono"
              />
            )}
          </Field>
        </div>
        <SubmitButton variant="secondary">
          <Search aria-hidden />
          {t('search.go')}
        </SubmitButton>
      </div>
      {state.status === 'refused' && (
        <Notice kind="danger" live>
          {state.message}
        </Notice>
      )}
      {state.status === 'done' && state.data.found.length === 0 && (
        <Notice kind="info" live title={t('search.none')}>
          {t('search.noneText')}
        </Notice>
      )}
      {state.status === 'done' && state.data.found.length > 0 && (
        <Notice kind="success" live title={t('search.found', { count: state.data.found.length })}>
          <ul className="grid gap-1">
            {state.data.found.map(({ id, state: now, names }, at) => (
              <li key={id}>
                <TextLink href={`/merchant/stock/desk/${id}`}>
                  {at + 1}. {locale === 'en' ? (names.en ?? names.zh) : names.zh}
                </TextLink>{' '}
                <span className="text-ink-soft">{t(`state.${now}`)}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </form>
  )
}
