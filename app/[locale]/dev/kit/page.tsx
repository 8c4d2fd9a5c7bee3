import { getTranslations } from 'next-intl/server'
import { Package } from 'lucide-react'
import { SiteShell } from '@/components/site-shell'
import { PageHeader } from '@/components/page-header'
import { MoneyStrip, MoneyStripExplained } from '@/components/money-strip'
import { ProductCover } from '@/components/product-cover'
import { COVER_GLYPHS } from '@/components/cover-art'
import { CdkCode, MaskedCdk } from '@/components/cdk-code'
import { Money } from '@/components/money'
import { DateTime } from '@/components/date-time'
import { Countdown } from '@/components/countdown'
import { Button, ButtonLink } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { CopyButton } from '@/components/ui/copy-button'
import { Card } from '@/components/ui/card'
import { Badge, Tag } from '@/components/ui/badge'
import { Notice } from '@/components/ui/notice'
import { EmptyState } from '@/components/ui/empty-state'
import { TextField, SelectField, TextareaField, CheckboxField } from '@/components/ui/field'
import { Table, Thead, Tbody, Tr, Th, Td } from '@/components/ui/table'
import { Pagination } from '@/components/ui/pagination'
import { Tabs } from '@/components/ui/tabs'
import { Stepper } from '@/components/ui/stepper'
import { SkeletonLines } from '@/components/ui/skeleton'

const HEADS = [['game','Steam','¥100'],['topup','PUBG','60 UC'],['software','JetBrains','全家桶 1 年'],['office','Microsoft','Office 2024 专业增强版'],['system','Windows','Windows 11 Pro'],['gift','Apple','$25'],['video','Netflix','Premium 12 months subscription'],['music','Spotify','3 个月'],['ai','通义','月卡'],['security','Kaspersky','3 台 1 年'],['game','Nintendo','塞尔达传说 王国之泪'],['study','Coursera','Plus']] as const

async function act() { 'use server'; await new Promise((r) => setTimeout(r, 1500)) }

export default async function Kit({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params
  const t = await getTranslations('common')
  const en = locale === 'en'
  const s = (zh: string, e: string) => (en ? e : zh)
  const now = Date.now()
  return (
    <SiteShell links={[{ href: '/dev/kit', label: s('全部商品', 'All products') }, { href: '/b', label: s('商品分类', 'Categories') }, { href: '/c', label: s('查订单', 'Find an order') }, { href: '/d', label: s('担保规则', 'How protection works') }]} footerLinks={[{ href: '/x', label: s('售后规则', 'After-sale rules') }]} account={<ButtonLink href="/login" variant="quiet" size="sm">{s('登录', 'Sign in')}</ButtonLink>}>
      <PageHeader title={s('订单 KB20261122-7F3K', 'Order KB20261122-7F3K')} back={{ href: '/', label: s('我的订单', 'My orders') }} action={<Button>{s('能用，确认收货', 'It works, confirm')}</Button>}>{t('brand.promise')}</PageHeader>
      <div className="grid gap-5">
        <MoneyStrip buyerMinor={0} heldMinor={9800} merchantMinor={0} currency="CNY" lit="held" next={{ text: s('若不确认，到时自动放款给商家', 'Paid to the merchant by itself if you do not confirm'), at: new Date(now + 60 * 3600e3) }} ballWith={{ who: s('你', 'You'), text: s('请查看卡密并确认能否使用', 'Please view the code and say whether it works') }} />
        <MoneyStrip buyerMinor={1234567} heldMinor={2469134} merchantMinor={1200000} feeMinor={34567} refundingMinor={5000} currency="CNY" lit="held" next={{ text: s('投诉中，放款已暂停', 'Complaint open, release paused') }} ballWith={{ who: s('商家', 'Merchant'), text: s('逾期将全额退款', 'Full refund if there is no answer'), at: new Date(now + 22 * 3600e3) }} />
        <MoneyStrip buyerMinor={0} heldMinor={0} merchantMinor={9310} feeMinor={490} currency="CNY" lit="merchant" reader="merchant" />
        <MoneyStripExplained />
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
          {HEADS.map(([g, p, h]) => (
            <div key={p + h} className="overflow-hidden rounded-lg border border-line bg-surface"><ProductCover glyph={g} platform={p} headline={h} /><div className="p-3"><p className="line-clamp-2 text-[0.9375rem]">{p} {h} {s('国区直充卡密 自动发货', 'China region code, automatic delivery')}</p><div className="mt-1.5 flex flex-wrap gap-1"><Tag>{s('国区', 'China')}</Tag><Tag>{s('秒发', 'Instant')}</Tag></div><Money price minor={9850} className="mt-1 text-xl" /></div></div>
          ))}
        </div>
        <p className="flex flex-wrap gap-2">{Object.keys(COVER_GLYPHS).map((g) => <span key={g} className="w-14"><ProductCover glyph={g} headline={g} /></span>)}</p>
        <Card title={s('卡密', 'Codes')} action={<Badge tone="jade">{s('已交付', 'Delivered')}</Badge>}>
          <div className="grid gap-3">
            <div className="flex flex-wrap items-center justify-between gap-3"><CdkCode code="7F3KQ-9ZLMX-22WPA-KD03E-TT81B" /><CopyButton text="x" what={t('cdk.label')} /></div>
            <CdkCode code="A8F3K29ZLMX22WPAKD03ETT8" />
            <CdkCode code="user01@example.com----pa55w0rd----https://example.com/activate?token=abcdefghijklmnop" />
            <MaskedCdk />
            <p className="text-sm text-ink-soft"><DateTime at={new Date(now - 190e3)} style="second" relative /></p>
            <p><Countdown to={new Date(now + 14 * 60e3)} /></p>
          </div>
        </Card>
        <Card title={s('表单', 'Form')}>
          <form action={act} className="grid max-w-lg gap-5">
            <TextField label={s('邮箱', 'E-mail')} name="email" type="email" hint={s('卡密会显示在订单页，邮件只带链接', 'The code appears on the order page; the mail has only a link')} error={s('请填写完整的邮箱地址', 'Please enter the whole address')} />
            <SelectField label={s('地区', 'Region')} optional><option>CN</option><option>US</option></SelectField>
            <TextareaField label={s('说明', 'Details')} optional placeholder={s('每行一个', 'One per line')} rows={3} />
            <CheckboxField label={s('我同意立即交付，并记录查看时间', 'I agree to immediate delivery and to the time being recorded')} hint="hint" optional />
            <div className="flex flex-wrap gap-3"><SubmitButton>{s('提交订单', 'Place order')}</SubmitButton><Button variant="secondary">{s('次要', 'Secondary')}</Button><Button variant="quiet">{s('安静', 'Quiet')}</Button><ConfirmSubmit label={s('下架商品', 'Unlist')} question={s('下架「Steam 100 元」？', 'Unlist “Steam 100”?')} confirm={s('下架', 'Unlist')}>{s('12 笔进行中的订单不受影响。', '12 open orders are not affected.')}</ConfirmSubmit><Button disabled>{s('不可用', 'Disabled')}</Button></div>
          </form>
        </Card>
        <div className="grid gap-3 sm:grid-cols-2">
          {(['info', 'success', 'warn', 'danger'] as const).map((k) => <Notice key={k} kind={k}>{s('价格刚刚有变化，没有扣款。请核对新价格后再下单。', 'The price has just changed. No money was taken.')}</Notice>)}
        </div>
        <div className="flex flex-wrap gap-2">{(['neutral', 'jade', 'amber', 'danger', 'info'] as const).map((k) => <Badge key={k} tone={k}>{k}</Badge>)}</div>
        <Tabs label="t" tabs={[{ href: '/dev/kit', label: s('全部', 'All'), count: 128, current: true }, { href: '/q', label: s('待付款', 'Awaiting payment'), count: 3 }, { href: '/r', label: s('已交付', 'Delivered') }, { href: '/s', label: s('已退款', 'Refunded') }]} />
        <Stepper current={1} steps={[s('下单', 'Order'), s('付款', 'Pay'), s('查看卡密', 'View code')]} />
        <Card flush title={s('订单', 'Orders')}>
          <Table caption="orders"><Thead><Th>{s('订单号', 'Order')}</Th><Th>{s('状态', 'State')}</Th><Th numeric>{s('金额', 'Amount')}</Th><Th>{s('时间', 'Time')}</Th></Thead><Tbody>
            {[1, 2, 3].map((i) => <Tr key={i}><Td><a className="font-medium text-jade underline-offset-4 hover:underline" href="#x">KB20261122-{i}F3K</a></Td><Td label={s('状态', 'State')}><Badge tone="amber">{s('待付款', 'Awaiting payment')}</Badge></Td><Td numeric label={s('金额', 'Amount')}><Money minor={i * 123400} /></Td><Td label={s('时间', 'Time')}><DateTime at={new Date(now - i * 86400e3 * 200)} relative /></Td></Tr>)}
          </Tbody></Table>
        </Card>
        <Pagination page={2} pages={9} hrefOf={(p) => `/dev/kit?page=${p}`} />
        <Card><SkeletonLines /></Card>
        <Card><EmptyState icon={<Package />} title={s('还没有商品', 'No products yet')} action={<Button>{s('新建商品', 'New product')}</Button>}>{s('新建第一件商品，上传卡密后即可上架。', 'Create your first product and upload codes to publish it.')}</EmptyState></Card>
      </div>
    </SiteShell>
  )
}
