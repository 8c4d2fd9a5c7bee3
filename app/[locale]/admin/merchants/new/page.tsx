import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireOperator } from '@/lib/web/session'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { openMerchantAction } from '../actions'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.merchants'))('open') }
}

export default async function NewMerchantPage() {
  await requireOperator()
  const t = await getTranslations('admin.merchants')
  return (
    <>
      <PageHeader title={t('open')} back={{ href: '/admin/merchants', label: t('title') }}>
        {t('openText')}
      </PageHeader>
      <ActionForm action={openMerchantAction} className="grid gap-5">
        <Card title={t('shop')}>
          <div className="grid gap-5 sm:grid-cols-2">
            <FormText name="name" label={t('name')} hint={t('nameHint')} maxLength={40} />
            <FormText name="slug" label={t('slug')} hint={t('slugHint')} maxLength={60} />
            <FormText name="contactEmail" type="email" label={t('contactEmail')} maxLength={254} />
            <FormText name="fee" label={t('fee')} hint={t('feeHint')} inputMode="decimal" defaultValue="5" />
          </div>
        </Card>
        <Card title={t('legal')}>
          <div className="grid gap-5 sm:grid-cols-2">
            <FormText name="legalName" label={t('legalName')} hint={t('legalNameHint')} maxLength={80} />
            <FormText
              name="legalNumber"
              label={t('legalNumber')}
              hint={t('legalNumberHint')}
              maxLength={18}
              className="font-mono"
            />
          </div>
        </Card>
        <Card title={t('owner')}>
          <div className="grid gap-5 sm:grid-cols-2">
            <FormText name="ownerName" label={t('ownerName')} maxLength={40} />
            <FormText
              name="ownerEmail"
              type="email"
              label={t('ownerEmail')}
              hint={t('ownerEmailHint')}
              maxLength={254}
              autoComplete="off"
            />
            <FormText
              name="ownerPassword"
              type="password"
              label={t('ownerPassword')}
              hint={t('ownerPasswordHint')}
              minLength={8}
              maxLength={200}
              autoComplete="new-password"
            />
          </div>
        </Card>
        <div>
          <SubmitButton>{t('open')}</SubmitButton>
        </div>
      </ActionForm>
    </>
  )
}
