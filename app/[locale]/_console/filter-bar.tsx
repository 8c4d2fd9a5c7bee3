import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { cx } from '@/components/ui/cx'
import { Input, Select } from '@/components/ui/input'
import { Link, getPathname } from '@/i18n/navigation'

interface Props {
  /** The list's own address, without filters. */
  path: string
  /** Whether anything is filtered now: then it can be cleared. */
  active: boolean
  children: ReactNode
}

/** Filters of a list as a GET form: what is chosen lives in the address and works without JavaScript. */
export function FilterBar({ path, active, children }: Props) {
  const t = useTranslations('console.filter')
  return (
    <form
      role="search"
      aria-label={t('label')}
      action={getPathname({ href: path, locale: useLocale() })}
      className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap"
    >
      {children}
      <div className="flex items-center gap-3">
        <Button type="submit" variant="secondary">
          {t('apply')}
        </Button>
        {active && (
          <Link
            href={path}
            className="inline-flex min-h-11 items-center text-sm text-ink-soft underline underline-offset-4 hover:text-ink"
          >
            {t('clear')}
          </Link>
        )}
      </div>
    </form>
  )
}

export function FilterInput({
  label,
  name,
  value,
  type = 'search',
  placeholder,
}: {
  label: string
  name: string
  value: string | undefined
  type?: string
  placeholder?: string
}) {
  return (
    <div className={cx('min-w-0', type === 'date' ? 'sm:w-40' : 'max-sm:col-span-2 sm:w-56')}>
      <Field label={label}>
        {(aria) => <Input name={name} type={type} defaultValue={value} placeholder={placeholder} {...aria} />}
      </Field>
    </div>
  )
}

/** The two days of a span; they stay side by side when the bar breaks. */
export function FilterSpan({ children }: { children: ReactNode }) {
  return <div className="grid min-w-0 grid-cols-2 gap-3 max-sm:col-span-2">{children}</div>
}

export interface Choice {
  value: string
  label: string
}

export function FilterSelect({
  label,
  name,
  value,
  choices,
}: {
  label: string
  name: string
  value: string | undefined
  choices: readonly Choice[]
}) {
  const t = useTranslations('console.filter')
  return (
    <div className="min-w-0 sm:max-w-64">
      <Field label={label}>
        {(aria) => (
          <Select key={value} name={name} defaultValue={value ?? ''} {...aria}>
            <option value="">{t('all')}</option>
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  )
}
