import { House, Package, ReceiptText, Wallet, Upload, Settings } from 'lucide-react'
import { ConsoleShell } from '@/components/console-shell'
import { PageHeader } from '@/components/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
export default async function C({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params
  const s = (zh: string, e: string) => (locale === 'en' ? e : zh)
  return <ConsoleShell home="/dev" tag={s('商家', 'Merchant')} account={<span>星河数码</span>} nav={[{ href: '/dev/console', label: s('待办', 'To do'), icon: <House aria-hidden /> }, { href: '/m/p', label: s('商品', 'Products'), icon: <Package aria-hidden /> }, { href: '/m/u', label: s('上传库存', 'Upload stock'), icon: <Upload aria-hidden /> }, { href: '/m/o', label: s('订单', 'Orders'), icon: <ReceiptText aria-hidden /> }, { href: '/m/b', label: s('余额', 'Balance'), icon: <Wallet aria-hidden /> }, { href: '/m/s', label: s('设置', 'Settings'), icon: <Settings aria-hidden /> }]}>
    <PageHeader title={s('待办', 'To do')} action={<Button>{s('新建商品', 'New product')}</Button>} />
    <Card title={s('补货', 'Top up stock')}>Steam 100</Card>
  </ConsoleShell>
}
