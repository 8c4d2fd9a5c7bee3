import { useLocale, useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { EditedProduct } from '@/lib/queries/merchant'
import { ActionForm } from '@/components/ui/action-form'
import { localText } from '../../../_console/local'
import { TextLink } from '../../../_console/text-link'
import { StockCount } from '../../_components/stock-count'
import { publishProductAction, unlistProductAction } from '../actions'

/** Whether it is sold, what it has in stock, and the one button that changes that. */
export function SaleState({ product }: { product: EditedProduct }) {
  const t = useTranslations('merchant.sale')
  const c = useTranslations('console.column')
  const locale = useLocale()
  const title = localText(locale, product.titleZh, product.titleEn)
  const published = product.status === 'PUBLISHED'
  return (
    <Card
      title={t(product.status)}
      flush
      action={published && <TextLink href={`/products/${product.slug}`}>{t('seeInShop')}</TextLink>}
    >
      <p className="px-4 pb-3 text-ink-soft sm:px-5">{t(`text.${product.status}`)}</p>
      <Table caption={t('variants')}>
        <Thead>
          <Th>{c('variant')}</Th>
          <Th numeric>{c('stock')}</Th>
          <Th>{t('upload')}</Th>
        </Thead>
        <Tbody>
          {product.variants
            .filter(({ active }) => active)
            .map((variant) => (
              <Tr key={variant.id}>
                <Td>{localText(locale, variant.nameZh, variant.nameEn)}</Td>
                <Td label={c('stock')} numeric>
                  <StockCount left={variant.left} selling={published} byHand={variant.delivery === 'MANUAL'} />
                </Td>
                <Td>
                  {variant.delivery !== 'MANUAL' && (
                    <TextLink href={`/merchant/stock/${variant.id}`}>{t('upload')}</TextLink>
                  )}
                </Td>
              </Tr>
            ))}
        </Tbody>
      </Table>
      <ActionForm
        action={published ? unlistProductAction : publishProductAction}
        className="grid justify-items-start gap-3 border-t border-line p-4 sm:px-5"
      >
        <input type="hidden" name="productId" value={product.id} />
        {published ? (
          <ConfirmSubmit label={t('unlist')} question={t('unlistQuestion', { title })} confirm={t('unlist')}>
            {t('unlistText')}
          </ConfirmSubmit>
        ) : (
          <SubmitButton>{t('publish')}</SubmitButton>
        )}
      </ActionForm>
    </Card>
  )
}
