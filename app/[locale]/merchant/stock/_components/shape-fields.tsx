'use client'

import { useTranslations } from 'next-intl'
import { SelectField } from '@/components/ui/field'
import { SEPARATORS, STOCK_ENCODINGS, STOCK_FORMATS } from '@/lib/stock-files/stock-shape'
import type { UploadChoices } from '../upload-choices'
import type { UploadPreview } from '../upload-preview'

const NONE = 'none'
/** Names of separators in the messages: a key cannot be a dot, a comma or a tab. */
const SEPARATOR_KEYS = {
  '----': 'dashes',
  '║': 'box',
  '\t': 'tab',
  '|': 'pipe',
  ',': 'comma',
  ';': 'semicolon',
  ' ': 'space',
} as const

interface Props {
  readonly preview: UploadPreview
  readonly choices: Required<UploadChoices>
  /** What is left out is guessed anew. */
  readonly onChoose: (choices: UploadChoices) => void
}

/** Format, encoding, separator and header of an upload, each with what spoke for it. */
export function ShapeFields({ preview, choices: { format, encoding, separator, header }, onChoose }: Props) {
  const t = useTranslations('upload.preview')
  return (
    <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <SelectField
        label={t('format')}
        hint={t(`formatReason.${preview.formatReason}`)}
        value={format}
        onChange={({ target }) => {
          const chosen = STOCK_FORMATS.find((each) => each === target.value)
          if (chosen) onChoose({ format: chosen })
        }}
      >
        {STOCK_FORMATS.map((each) => (
          <option key={each} value={each}>
            {t(`formats.${each}`)}
          </option>
        ))}
      </SelectField>
      {preview.isFile && format !== 'xlsx' && (
        <SelectField
          label={t('encoding')}
          hint={t(`encodingReason.${preview.encodingReason}`)}
          value={encoding}
          onChange={({ target }) => {
            const chosen = STOCK_ENCODINGS.find((each) => each === target.value)
            if (chosen) onChoose({ format, encoding: chosen })
          }}
        >
          {STOCK_ENCODINGS.map((each) => (
            <option key={each} value={each}>
              {t(`encodings.${each}`)}
            </option>
          ))}
        </SelectField>
      )}
      <SelectField
        label={t('separator')}
        hint={t(separator === null ? 'separatorNone' : 'separatorHint')}
        value={separator ?? NONE}
        onChange={({ target }) => {
          const chosen = SEPARATORS.find((each) => each === target.value) ?? null
          onChoose({ format, encoding, separator: chosen })
        }}
      >
        {format !== 'csv' && <option value={NONE}>{t('separators.none')}</option>}
        {SEPARATORS.map((each) => (
          <option key={each} value={each}>
            {t(`separators.${SEPARATOR_KEYS[each]}`)}
          </option>
        ))}
      </SelectField>
      {format !== 'json' && (
        <SelectField
          label={t('header')}
          hint={t('headerHint')}
          value={header ? 'yes' : 'no'}
          onChange={({ target }) => onChoose({ format, encoding, separator, header: target.value === 'yes' })}
        >
          <option value="yes">{t('headerYes')}</option>
          <option value="no">{t('headerNo')}</option>
        </SelectField>
      )}
    </div>
  )
}
