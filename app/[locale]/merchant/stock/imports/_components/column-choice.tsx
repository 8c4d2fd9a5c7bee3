'use client'

import { useTranslations } from 'next-intl'
import { useAnswer } from '@/components/ui/action-form'
import { Select } from '@/components/ui/input'
import { STOCK_FIELDS, type StockField } from '@/lib/stock-files/header-names'

interface Props {
  readonly at: number
  readonly title: string
  readonly field: StockField
  readonly optional: boolean
  /** Whether a row may be without it, when the merchant says so. */
  readonly mayBeEmpty: boolean
}

/** The meaning of one column. The keys remount the controls: React leaves a choice alone when its default changes. */
export function ColumnChoice({ at, title, field, optional, mayBeEmpty }: Props) {
  const p = useTranslations('upload.preview')
  const values = useAnswer()?.values
  const [fieldName, optionalName] = [`c${at}-field`, `c${at}-optional`]
  const chosen = values?.[fieldName] ?? field
  const ticked = values ? Object.hasOwn(values, optionalName) : optional
  return (
    <span className="grid gap-1">
      <Select
        key={chosen}
        name={fieldName}
        aria-label={p('meaningOf', { column: title })}
        defaultValue={chosen}
        className="sm:w-52"
      >
        {STOCK_FIELDS.map((each) => (
          <option key={each} value={each}>
            {p(`fields.${each}`)}
          </option>
        ))}
      </Select>
      {mayBeEmpty && (
        <label className="flex min-h-9 items-center gap-2 text-sm">
          <input
            key={String(ticked)}
            type="checkbox"
            name={optionalName}
            className="size-5 shrink-0 accent-jade-solid"
            defaultChecked={ticked}
          />
          {p('mayBeEmpty')}
        </label>
      )}
    </span>
  )
}
