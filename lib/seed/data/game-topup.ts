import type { SeedProduct } from './shapes'

export const GAME_TOPUP: readonly SeedProduct[] = [
  {
    merchant: 'xingqiao',
    titleZh: '山海行 元宝点卡（官方充值码）',
    titleEn: 'Shanhai Trek ingot card',
    descriptionZh:
      '《山海行》国服元宝充值码，安卓、苹果、PC 三端通用。充值后立即到账，可与双倍首充活动同时使用。码由发行商直接出码，未使用过，有效期内随时可充。',
    descriptionEn:
      'Top-up code for Shanhai Trek (mainland China servers), good on Android, iOS and PC. Credited at once and counts towards the first-purchase bonus. Issued by the publisher, never used.',
    attributes: { region: '中国大陆 CN', platform: '山海行', validity: '3 年' },
    guideZh: [
      '打开游戏，进入「商城 → 充值码兑换」。',
      '输入卡号与密码，核对角色名和区服后点「确认兑换」。',
      '元宝在 1 分钟内到账；未到账请先重新登录游戏。',
      '兑换时请全程录屏：若提示「已使用」，录屏就是售后证据。',
    ],
    guideEn: [
      'Open the game and go to Shop → Redeem code.',
      'Enter card number and PIN, check character and server, then confirm.',
      'Ingots arrive within a minute; log in again if you do not see them.',
      'Record your screen while redeeming: it is your evidence if the code turns out used.',
    ],
    codes: 'card-pin',
    variants: [
      {
        nameZh: '300 元宝',
        nameEn: '300 ingots',
        priceMinor: 2_880,
        stock: 160,
        tiers: [
          [10, 2_790],
          [50, 2_700],
        ],
      },
      { nameZh: '980 元宝', nameEn: '980 ingots', priceMinor: 9_350, stock: 120, tiers: [[10, 9_100]] },
      { nameZh: '3280 元宝', nameEn: '3,280 ingots', priceMinor: 31_200, stock: 60 },
    ],
  },
  {
    merchant: 'xingqiao',
    titleZh: '星海远征 星钻月卡兑换码',
    titleEn: 'Astral Voyage monthly gem pass',
    descriptionZh:
      '30 天月卡，每日登录领取 90 星钻，共 2700 星钻。可叠加购买，最多累计 180 天。仅支持国际服「曙光」「远星」大区。',
    descriptionEn:
      'A 30-day pass that pays 90 gems a day, 2,700 in all. Passes stack up to 180 days. Global servers Dawn and Farstar only.',
    attributes: { region: '全球 Global', platform: '星海远征', validity: '激活后 30 天' },
    guideZh: [
      '登录官网兑换页 https://astral.example.com/redeem。',
      '选择大区「曙光」或「远星」，填写指挥官 UID（游戏内头像下方）。',
      '输入 15 位兑换码并提交，月卡奖励通过邮件发放。',
      '每个兑换码只能使用一次，请确认 UID 后再提交。',
    ],
    guideEn: [
      'Open https://astral.example.com/redeem and sign in.',
      'Choose Dawn or Farstar and enter your commander UID (below your portrait).',
      'Enter the 15-character code; the pass arrives by in-game mail.',
      'A code works once: check the UID before you submit.',
    ],
    codes: 'key-3x5',
    variants: [
      { nameZh: '月卡 ×1', nameEn: '1 month', priceMinor: 2_650, stock: 140, tiers: [[6, 2_550]] },
      { nameZh: '季卡（90 天）', nameEn: '3 months', priceMinor: 7_480, stock: 50 },
    ],
  },
  {
    merchant: 'baili',
    titleZh: '幻境通行 全平台点卡',
    titleEn: 'Mirage Pass universal game card',
    descriptionZh:
      '一卡通用：可为「幻境通行」旗下 12 款游戏充值，余额不过期，可分次使用。支持部分抵扣，余额在账户中心随时查询。',
    descriptionEn: 'One card for all twelve Mirage games. The balance does not expire and may be spent in parts.',
    attributes: { region: '中国大陆 CN', platform: '幻境通行', validity: '长期有效' },
    guideZh: [
      '登录「幻境通行」账户中心，选择「点卡充值」。',
      '输入 16 位卡号和 18 位密码。',
      '面值计入账户余额，进入任意旗下游戏即可使用。',
      '同一账户每日最多充值 20 张。',
    ],
    guideEn: [
      'Sign in to your Mirage Pass account and choose Card top-up.',
      'Enter the 16-digit number and the 18-digit PIN.',
      'The value is added to your balance and works in every Mirage game.',
      'At most 20 cards a day per account.',
    ],
    codes: 'card-pin-named',
    variants: [
      {
        nameZh: '30 元面值',
        nameEn: '¥30 card',
        priceMinor: 2_940,
        stock: 200,
        maxPerOrder: 100,
        tiers: [
          [20, 2_910],
          [50, 2_890],
        ],
      },
      {
        nameZh: '100 元面值',
        nameEn: '¥100 card',
        priceMinor: 9_780,
        stock: 200,
        maxPerOrder: 100,
        tiers: [[20, 9_700]],
      },
    ],
  },
  {
    merchant: 'xingqiao',
    titleZh: '墨剑江湖 通宝充值卡',
    titleEn: 'Ink & Blade tongbao card',
    descriptionZh: '《墨剑江湖》通宝充值，全区全服通用（怀旧服除外）。充值 6000 通宝以上赠送坐骑「踏雪」。',
    descriptionEn:
      'Tongbao for Ink & Blade on every server except Classic. 6,000 tongbao or more in one go includes the mount Snowstep.',
    attributes: { region: '中国大陆 CN', platform: '墨剑江湖', validity: '2 年' },
    guideZh: [
      '进入官网「充值中心 → 实卡充值」。',
      '填写通行证账号并选择区服（不要选怀旧服）。',
      '输入卡号密码，提交后等待 1～3 分钟。',
      '到账后在游戏内邮箱领取赠品。',
    ],
    guideEn: [
      'Open Recharge centre → Card on the official site.',
      'Enter your account and choose the server (not Classic).',
      'Enter number and PIN and wait one to three minutes.',
      'Bonus items arrive in the in-game mailbox.',
    ],
    codes: 'card-pin',
    variants: [
      { nameZh: '1000 通宝', nameEn: '1,000 tongbao', priceMinor: 980, stock: 180, tiers: [[10, 960]] },
      { nameZh: '6000 通宝', nameEn: '6,000 tongbao', priceMinor: 5_760, stock: 8 },
    ],
  },
  {
    merchant: 'baili',
    titleZh: '疾风赛道 金币与燃料礼包卡',
    titleEn: 'Gale Circuit coin and fuel card',
    descriptionZh: '竞速手游《疾风赛道》亚洲服充值卡，金币与燃料一并到账，赛季通行证经验 +200。',
    descriptionEn: 'Coins and fuel for Gale Circuit (Asia servers), plus 200 season pass points.',
    attributes: { region: '亚洲 Asia', platform: '疾风赛道', validity: '1 年' },
    guideZh: ['游戏主界面点右上角齿轮 → 「礼包兑换」。', '粘贴 12 位兑换码。', '金币、燃料与经验即时到账。'],
    guideEn: [
      'Tap the gear at the top right → Redeem.',
      'Paste the 12-character code.',
      'Coins, fuel and points arrive at once.',
    ],
    codes: 'voucher',
    variants: [
      { nameZh: '新手包', nameEn: 'Starter', priceMinor: 600, stock: 120 },
      { nameZh: '车队包', nameEn: 'Team', priceMinor: 3_000, stock: 70, tiers: [[5, 2_850]] },
    ],
  },
  {
    merchant: 'xingqiao',
    titleZh: '方块农场 绿宝石直充码',
    titleEn: 'Cubefarm emerald code',
    descriptionZh: '《方块农场》绿宝石兑换码，支持离线存档绑定。适合送给孩子：绑定家长账号后可设置每日消费上限。',
    descriptionEn: 'Emeralds for Cubefarm. Made for gifts: bound to a parent account, daily spending can be capped.',
    attributes: { region: '全球 Global', platform: '方块农场', validity: '长期有效' },
    guideZh: [
      '在任意设备登录方块农场，打开「背包 → 兑换」。',
      '输入 16 位兑换码。',
      '绿宝石与账号绑定，换设备不丢失。',
    ],
    guideEn: [
      'Sign in to Cubefarm on any device and open Bag → Redeem.',
      'Enter the 16-character code.',
      'Emeralds belong to the account and follow you to other devices.',
    ],
    codes: 'key-4x4',
    variants: [{ nameZh: '500 绿宝石', nameEn: '500 emeralds', priceMinor: 1_990, stock: 110, tiers: [[10, 1_890]] }],
  },
]
