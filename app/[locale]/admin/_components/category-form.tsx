import { useTranslations } from 'next-intl'
import { COVER_GLYPHS } from '@/components/cover-art'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { ATTRIBUTE_KEYS, DEFAULT_RULES } from '@/lib/domain/catalog'
import type { AdminCategory } from '@/lib/queries/admin'
import { ActionForm, FormCheckbox, FormSelect, FormText } from '@/components/ui/action-form'
import { saveCategoryAction } from '../categories/actions'
import { RULE_NAMES } from '../categories/category-input'
import { RULE_BOUNDS } from '../categories/rule-bounds'

export function CategoryForm({ category, position }: { category?: AdminCategory; position?: number }) {
  const t = useTranslations('admin.categories')
  const a = useTranslations('console.attribute')
  return (
    <ActionForm action={saveCategoryAction} className="grid gap-5">
      {category && <input type="hidden" name="id" value={category.id} />}
      <Card title={t('names')}>
        <div className="grid gap-5 sm:grid-cols-2">
          <FormText name="nameZh" label={t('nameZh')} maxLength={40} defaultValue={category?.nameZh} />
          <FormText name="nameEn" label={t('nameEn')} maxLength={60} defaultValue={category?.nameEn} />
          <FormText name="slug" label={t('slug')} hint={t('slugHint')} maxLength={60} defaultValue={category?.slug} />
          <FormText
            name="position"
            label={t('position')}
            hint={t('positionHint')}
            inputMode="numeric"
            defaultValue={String(category?.position ?? position ?? 0)}
          />
          <FormSelect name="glyph" label={t('glyph')} defaultValue={category?.glyph ?? 'key'}>
            {Object.keys(COVER_GLYPHS).map((glyph) => (
              <option key={glyph} value={glyph}>
                {t.has(`glyphs.${glyph}` as 'glyphs.key') ? t(`glyphs.${glyph}` as 'glyphs.key') : glyph}
              </option>
            ))}
          </FormSelect>
        </div>
      </Card>
      <Card title={t('template')}>
        <p className="mb-4 text-ink-soft">{t('templateText')}</p>
        <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          {ATTRIBUTE_KEYS.map((key) => {
            const use = category?.attributeTemplate.find((entry) => entry.key === key)
            return (
              <FormSelect
                key={key}
                name={`attribute-${key}`}
                label={a(key)}
                defaultValue={use ? (use.required ? 'must' : 'may') : 'no'}
              >
                <option value="no">{t('no')}</option>
                <option value="may">{t('may')}</option>
                <option value="must">{t('must')}</option>
              </FormSelect>
            )
          })}
        </div>
        <div className="mt-5 grid gap-5">
          <FormCheckbox
            optional
            name="needsDownloadAddress"
            label={t('needsAddress')}
            hint={t('needsAddressHint')}
            defaultChecked={category?.needsDownloadAddress ?? false}
          />
          <FormCheckbox
            optional
            name="requiresProof"
            label={t('requiresProof')}
            hint={t('requiresProofHint')}
            defaultChecked={category?.requiresProof ?? false}
          />
        </div>
      </Card>
      <Card title={t('rules')}>
        <p className="mb-4 text-ink-soft">{t('rulesText')}</p>
        <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          {RULE_NAMES.map((name) => {
            const stored = category?.rules[name]
            const standard = DEFAULT_RULES[name]
            return (
              <FormText
                key={name}
                name={`rule-${name}`}
                label={t(`rule.${name}`)}
                hint={t('ruleHint', { ...RULE_BOUNDS[name], standard: standard ?? t('noStandard') })}
                optional
                inputMode="numeric"
                className="tabular-nums"
                placeholder={standard === null ? '' : String(standard)}
                defaultValue={stored === undefined || stored === null ? '' : String(stored)}
              />
            )
          })}
        </div>
      </Card>
      <div>
        <SubmitButton>{t(category ? 'save' : 'create')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
