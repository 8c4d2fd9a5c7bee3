import { getTranslations } from 'next-intl/server'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import type { CategoryChoice, EditedProduct } from '@/lib/queries/merchant'
import { ActionForm, FormText, FormTextarea } from '@/components/ui/action-form'
import { saveProductAction } from '../actions'
import { VariantFields } from './variant-fields'
import { variantRows, variantTexts } from './variant-rows'

const LONGEST_TEXT = 2000

/** One form for a new product and for changing one; the category decides what has to be stated. */
export async function ProductForm({ category, product }: { category: CategoryChoice; product?: EditedProduct }) {
  const t = await getTranslations('merchant.form')
  const a = await getTranslations('merchant.attribute')
  return (
    <ActionForm action={saveProductAction} className="grid gap-5">
      <input type="hidden" name="categoryId" value={category.id} />
      {product && <input type="hidden" name="id" value={product.id} />}
      <Card title={t('what')}>
        <div className="grid gap-5 lg:grid-cols-2">
          <FormText
            name="titleZh"
            label={t('titleZh')}
            hint={t('titleHint')}
            maxLength={80}
            defaultValue={product?.titleZh}
          />
          <FormText
            name="titleEn"
            label={t('titleEn')}
            hint={t('englishHint')}
            optional
            maxLength={120}
            defaultValue={product?.titleEn ?? ''}
          />
          <FormTextarea
            name="descriptionZh"
            label={t('descriptionZh')}
            maxLength={LONGEST_TEXT}
            defaultValue={product?.descriptionZh}
          />
          <FormTextarea
            name="descriptionEn"
            label={t('descriptionEn')}
            optional
            maxLength={LONGEST_TEXT}
            defaultValue={product?.descriptionEn ?? ''}
          />
        </div>
      </Card>
      {category.attributeTemplate.length > 0 && (
        <Card title={t('facts')}>
          <p className="mb-4 text-ink-soft">{t('factsText')}</p>
          <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
            {category.attributeTemplate.map(({ key, required }) => (
              <FormText
                key={key}
                name={`attribute-${key}`}
                label={a(`${key}.label`)}
                hint={a(`${key}.hint`)}
                optional={!required}
                maxLength={60}
                defaultValue={product?.attributes[key] ?? ''}
              />
            ))}
          </div>
        </Card>
      )}
      <Card title={t('variants')}>
        <p className="mb-4 text-ink-soft">{t('variantsText')}</p>
        <VariantFields rows={variantRows(product?.variants ?? [])} texts={await variantTexts(category.rules)} />
      </Card>
      <Card title={t('delivered')}>
        <p className="mb-4 text-ink-soft">{t('deliveredText')}</p>
        <div className="grid gap-5 lg:grid-cols-2">
          <div className="lg:col-span-2">
            <FormText
              name="downloadUrl"
              type="url"
              label={t('downloadUrl')}
              hint={t(category.needsDownloadAddress ? 'downloadNeeded' : 'downloadHint')}
              optional={!category.needsDownloadAddress}
              required={false}
              maxLength={500}
              placeholder="https://"
              defaultValue={product?.downloadUrl ?? ''}
            />
          </div>
          <FormTextarea
            name="guideZh"
            label={t('guideZh')}
            hint={t('guideHint')}
            rows={8}
            maxLength={LONGEST_TEXT}
            defaultValue={product?.guideZh}
          />
          <FormTextarea
            name="guideEn"
            label={t('guideEn')}
            hint={t('englishHint')}
            optional
            rows={8}
            maxLength={LONGEST_TEXT}
            defaultValue={product?.guideEn ?? ''}
          />
        </div>
      </Card>
      <div className="flex flex-wrap gap-3">
        {product?.status === 'PUBLISHED' ? (
          <SubmitButton name="intent" value="save">
            {t('save')}
          </SubmitButton>
        ) : (
          <>
            <SubmitButton name="intent" value="publish">
              {t('publish')}
            </SubmitButton>
            <SubmitButton name="intent" value="save" variant="secondary">
              {t(product?.status === 'UNLISTED' ? 'save' : 'draft')}
            </SubmitButton>
          </>
        )}
      </div>
    </ActionForm>
  )
}
