import { type Tale, some } from './stage'

/** Buyers use codes of the platform and of merchants; one lets the checkout expire and keeps the code. */
export const usedCoupons: Tale = async (stage) => {
  await stage.play('confirmed', {
    name: 'coupon-welcome-1',
    who: 'lin',
    daysAgo: 19,
    couponCode: 'WELCOME',
    lines: [some(1, '山海行 元宝点卡（官方充值码）'), some(1, '末班星轨 双平台激活码')],
  })
  await stage.play('delivered', {
    name: 'coupon-welcome-2',
    who: 'amy',
    daysAgo: 0.5,
    couponCode: 'WELCOME',
    lines: [some(1, '幻境通行 全平台点卡')],
  })
  await stage.play('expired', {
    name: 'coupon-welcome-expired',
    who: 'zhao',
    daysAgo: 4.4,
    couponCode: 'WELCOME',
    lines: [some(2, '时光影城 通用电影票兑换码')],
  })
  await stage.play('auto-confirmed', {
    name: 'coupon-spring',
    who: 'qiu',
    daysAgo: 14,
    couponCode: 'SPRING10',
    lines: [some(1, '南风书店 阅读礼品卡')],
  })
  await stage.play('confirmed', {
    name: 'coupon-merchant-1',
    who: 'chen',
    daysAgo: 16,
    couponCode: 'XINGQIAO12',
    lines: [some(2, '墨剑江湖 通宝充值卡'), some(1, '听潮音乐 高品质会员兑换码')],
  })
  await stage.play('revealed', {
    name: 'coupon-merchant-2',
    who: 'maya',
    daysAgo: 0.7,
    couponCode: 'LVYIN20',
    lines: [some(1, '墨写 Inkwrite 5 写作软件 授权码')],
  })
  await stage.play('refunded-seen', {
    name: 'coupon-refunded',
    who: 'maya',
    daysAgo: 13,
    couponCode: 'WELCOME',
    lines: [some(1, '一间咖啡 电子礼品卡')],
  })
}
