import { useTranslations } from 'next-intl'
import { FormSelect } from '@/components/ui/action-form'
import { SEPARATORS, STOCK_ENCODINGS, STOCK_FORMATS } from '@/lib/stock-files'
import type { ImportPreview } from '../import-preview'
import { NO_SEPARATOR, SEPARATOR_KEYS } from '../separator-keys'

/** Format, encoding, separator and header of an upload, each with what spoke for it. */
export function ShapeFields({ preview }: { preview: ImportPreview }) {
  const t = useTranslations('upload.preview')
  const { format, encoding, separator, header } = preview.choices.shape
  return (
    <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <FormSelect
        name="format"
        label={t('format')}
        hint={t(`formatReason.${preview.formatReason}`)}
        defaultValue={format}
      >
        {STOCK_FORMATS.map((each) => (
          <option key={each} value={each}>
            {t(`formats.${each}`)}
          </option>
        ))}
      </FormSelect>
      {preview.isFile && format !== 'xlsx' && (
        <FormSelect
          name="encoding"
          label={t('encoding')}
          hint={t(`encodingReason.${preview.encodingReason}`)}
          defaultValue={encoding}
        >
          {STOCK_ENCODINGS.map((each) => (
            <option key={each} value={each}>
              {t(`encodings.${each}`)}
            </option>
          ))}
        </FormSelect>
      )}
      <FormSelect
        name="separator"
        label={t('separator')}
        hint={t(separator === null ? 'separatorNone' : 'separatorHint')}
        defaultValue={separator === null ? NO_SEPARATOR : SEPARATOR_KEYS[separator]}
      >
        {(format !== 'csv' || separator === null) && <option value={NO_SEPARATOR}>{t('separators.none')}</option>}
        {SEPARATORS.map((each) => (
          <option key={each} value={SEPARATOR_KEYS[each]}>
            {t(`separators.${SEPARATOR_KEYS[each]}`)}
          </option>
        ))}
      </FormSelect>
      {format !== 'json' && (
        <FormSelect
          name="header"
          label={t('header')}
          hint={t('headerHint')}
          defaultValue={header === true ? 'yes' : 'no'}
        >
          <option value="yes">{t('headerYes')}</option>
          <option value="no">{t('headerNo')}</option>
        </FormSelect>
      )}
    </div>
  )
}
