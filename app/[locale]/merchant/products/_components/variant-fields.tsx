'use client'

import { ChevronDown, Plus } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import { Button } from '@/components/ui/button'
import { FormCheckbox, FormSelect, FormText, useAnswer } from '@/components/ui/action-form'
import { MOST_VARIANTS, TIER_ROWS } from '../variant-limits'
import type { VariantRow, VariantTexts } from './variant-rows'

/**
 * Rows of variants, one empty row at the end; the button adds more. Without JavaScript saving brings the next empty row.
 * Names are flat (`v0-price`): product-input.ts reads them.
 */
export function VariantFields({ rows, texts }: { rows: readonly VariantRow[]; texts: VariantTexts }) {
  const [added, setAdded] = useState(1)
  const count = Math.min(rows.length + added, MOST_VARIANTS)
  return (
    <div className="grid gap-4">
      {Array.from({ length: count }, (_, index) => (
        <VariantFieldset
          key={rows[index]?.id ?? index}
          index={index}
          row={rows[index]}
          needed={rows.length === 0 && index === 0}
          texts={texts}
        />
      ))}
      {count < MOST_VARIANTS && (
        <div>
          <Button variant="secondary" size="sm" onClick={() => setAdded(added + 1)}>
            <Plus aria-hidden />
            {texts.add}
          </Button>
        </div>
      )}
    </div>
  )
}

function VariantFieldset({
  index,
  row,
  needed,
  texts,
}: {
  index: number
  row: VariantRow | undefined
  needed: boolean
  texts: VariantTexts
}) {
  const name = (field: string) => `v${index}-${field}`
  const must = needed || row !== undefined
  const answer = useAnswer()
  const wrongTier = Object.keys(answer?.fields ?? {}).some((field) => field.startsWith(name('t')))
  return (
    <fieldset className="grid gap-4 rounded-md border border-line p-4">
      <legend className="px-1.5 text-sm font-medium text-ink-soft">
        {texts.variant} {index + 1}
        {!must && ` · ${texts.fresh}`}
      </legend>
      {row && <input type="hidden" name={name('id')} value={row.id} />}
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-[2fr_2fr_1fr_1fr]">
        <FormText
          name={name('nameZh')}
          label={texts.nameZh}
          required={must}
          maxLength={60}
          defaultValue={row?.nameZh ?? ''}
        />
        <FormText name={name('nameEn')} label={texts.nameEn} optional maxLength={60} defaultValue={row?.nameEn ?? ''} />
        <FormText
          name={name('price')}
          label={texts.price}
          required={must}
          inputMode="decimal"
          className="tabular-nums"
          defaultValue={row?.price ?? ''}
        />
        <FormText
          name={name('max')}
          label={texts.max}
          required={must}
          inputMode="numeric"
          className="tabular-nums"
          defaultValue={row?.max ?? '10'}
        />
      </div>
      <DeliveryFields name={name} row={row} texts={texts} />
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText
          name={name('validity')}
          label={texts.validity}
          hint={texts.validityHint}
          required={false}
          inputMode="numeric"
          className="tabular-nums"
          defaultValue={row?.validity ?? ''}
        />
        <FormText
          name={name('low')}
          label={texts.low}
          hint={texts.lowHint}
          required={false}
          inputMode="numeric"
          className="tabular-nums"
          defaultValue={row?.low ?? ''}
        />
      </div>
      <details open={wrongTier || undefined} className="group">
        <summary className="inline-flex min-h-9 items-center gap-1 text-sm font-medium text-jade">
          <ChevronDown aria-hidden className="size-4 transition-transform group-open:rotate-180" />
          {texts.tiers}
          {row && row.tiers.length > 0 && ` (${row.tiers.length})`}
        </summary>
        <p className="mt-1 mb-3 text-sm text-ink-soft">{texts.tiersHint}</p>
        <div className="grid gap-3">
          {Array.from({ length: TIER_ROWS }, (_, tier) => (
            <div key={tier} className="grid max-w-md grid-cols-2 gap-3">
              <FormText
                name={name(`t${tier}-from`)}
                label={texts.from}
                required={false}
                inputMode="numeric"
                className="tabular-nums"
                defaultValue={row?.tiers[tier]?.from ?? ''}
              />
              <FormText
                name={name(`t${tier}-price`)}
                label={texts.tierPrice}
                required={false}
                inputMode="decimal"
                className="tabular-nums"
                defaultValue={row?.tiers[tier]?.price ?? ''}
              />
            </div>
          ))}
        </div>
      </details>
      {row && (
        <FormCheckbox
          optional
          name={name('active')}
          label={texts.active}
          hint={texts.activeHint}
          defaultChecked={row.active}
        />
      )}
    </fieldset>
  )
}

const KINDS = ['AUTOMATIC', 'MANUAL', 'SHARED'] as const

/** How it is delivered. Hours and seats are there for every kind, so that the form needs no script; only those of the chosen one count. */
function DeliveryFields({
  name,
  row,
  texts,
}: {
  name: (field: string) => string
  row: VariantRow | undefined
  texts: VariantTexts
}) {
  const [chosen, choose] = useState(row?.delivery ?? 'AUTOMATIC')
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <FormSelect
        name={name('delivery')}
        label={texts.kind}
        hint={texts.kindHint}
        defaultValue={row?.delivery ?? 'AUTOMATIC'}
        onChange={({ target }) => choose(KINDS.find((kind) => kind === target.value) ?? 'AUTOMATIC')}
      >
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {texts[kind]}
          </option>
        ))}
      </FormSelect>
      <div hidden={scripted && chosen !== 'MANUAL'}>
        <FormText
          name={name('hours')}
          label={texts.hours}
          hint={texts.hoursHint}
          required={false}
          inputMode="numeric"
          className="tabular-nums"
          defaultValue={row?.hours ?? ''}
        />
      </div>
      <div hidden={scripted && chosen !== 'SHARED'}>
        <FormText
          name={name('seats')}
          label={texts.seats}
          hint={texts.seatsHint}
          required={false}
          inputMode="numeric"
          className="tabular-nums"
          defaultValue={row?.seats ?? ''}
        />
      </div>
    </div>
  )
}

const never = () => () => undefined
