import { useLocale, useTranslations } from 'next-intl'
import { Button, buttonClass } from '@/components/ui/button'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { Field } from '@/components/ui/field'
import { Input, Select } from '@/components/ui/input'
import type { VariantChoice } from '@/lib/queries/merchant'
import { localText } from '../../../../_console/local'
import type { DeskFilters } from '../desk-query'

/** What can be done with the chosen CDKs; each asks once. `targets` are the variants that the filtered ones can be moved to. */
export function ActPanel({ filters, targets }: { filters: DeskFilters; targets: readonly VariantChoice[] }) {
  const t = useTranslations('desk')
  const locale = useLocale()
  return (
    <div className="grid gap-4 px-4 pb-4 sm:px-5">
      {Object.entries(filters).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <fieldset className="flex flex-wrap gap-x-6 gap-y-1">
        <legend className="mb-1 font-medium">{t('scope.label')}</legend>
        {(['ticked', 'all'] as const).map((scope) => (
          <label key={scope} className="inline-flex min-h-9 items-center gap-2">
            <input
              type="radio"
              name="scope"
              value={scope}
              defaultChecked={scope === 'ticked'}
              className="size-4.5 accent-jade-solid"
            />
            {t(`scope.${scope}`)}
          </label>
        ))}
      </fieldset>
      <div className="flex flex-wrap items-end gap-3">
        <ConfirmSubmit
          label={t('retire.label')}
          question={t('retire.question')}
          confirm={t('retire.confirm')}
          name="act"
          value="retire"
        >
          {t('retire.text')}
        </ConfirmSubmit>
        <ConfirmSubmit
          label={t('restore.label')}
          question={t('restore.question')}
          confirm={t('restore.confirm')}
          danger={false}
          name="act"
          value="restore"
        >
          {t('restore.text')}
        </ConfirmSubmit>
        {targets.length > 0 && (
          <ConfirmSubmit
            label={t('move.label')}
            question={t('move.question')}
            confirm={t('move.confirm')}
            danger={false}
            name="act"
            value="move"
          >
            <div className="grid gap-3">
              <p>{t('move.text')}</p>
              <Field label={t('move.to')}>
                {(aria) => (
                  <Select name="to" {...aria}>
                    {targets.map((variant) => (
                      <option key={variant.id} value={variant.id}>
                        {localText(locale, variant.titleZh, variant.titleEn)} ·{' '}
                        {localText(locale, variant.nameZh, variant.nameEn)}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            </div>
          </ConfirmSubmit>
        )}
      </div>
      <details className="rounded-md border border-line">
        <summary className={`${buttonClass({ variant: 'quiet' })} cursor-pointer`}>{t('export.label')}</summary>
        <div className="grid max-w-xl gap-3 p-4">
          <p className="text-ink-soft">{t('export.text')}</p>
          <ExportPassword />
        </div>
      </details>
    </div>
  )
}

/** The password again, and the button that sends the form for a file. */
export function ExportPassword() {
  const t = useTranslations('desk')
  const locale = useLocale()
  return (
    <>
      <Field label={t('export.password')} hint={t('export.passwordHint')}>
        {(aria) => <Input {...aria} name="password" type="password" autoComplete="current-password" maxLength={200} />}
      </Field>
      <div>
        <Button
          type="submit"
          variant="danger"
          formAction={`/api/merchant/stock/export?locale=${locale}`}
          formMethod="post"
          formEncType="multipart/form-data"
        >
          {t('export.go')}
        </Button>
      </div>
    </>
  )
}
