import type { SeedProduct } from './shapes'

export const STREAMING: readonly SeedProduct[] = [
  {
    merchant: 'guangying',
    titleZh: '青柠视频 黄金会员激活码',
    titleEn: 'Limeview gold membership',
    descriptionZh:
      '青柠视频黄金会员，手机、平板、电脑三端可用，免广告、1080P。电视端需另购钻石会员。激活码直充，不需要提供密码。',
    descriptionEn:
      'Limeview gold on phone, tablet and computer: no adverts, 1080p. Television needs the diamond plan. Redeemed by code; nobody asks for your password.',
    attributes: { region: '中国大陆 CN', platform: '青柠视频', edition: '黄金会员', validity: '码有效期 6 个月' },
    guideZh: [
      '登录青柠视频 App，进入「我的 → 兑换中心」。',
      '输入 12 位激活码，核对会员类型与时长。',
      '兑换后立即生效，已有会员则顺延。',
    ],
    guideEn: [
      'Sign in to the Limeview app, open Me → Redeem.',
      'Enter the 12-character code and check plan and length.',
      'It starts at once or extends what you have.',
    ],
    codes: 'voucher',
    variants: [
      {
        nameZh: '月卡',
        nameEn: '1 month',
        priceMinor: 1_580,
        stock: 200,
        tiers: [
          [10, 1_500],
          [50, 1_420],
        ],
      },
      { nameZh: '季卡', nameEn: '3 months', priceMinor: 4_280, stock: 120, tiers: [[10, 4_100]] },
      { nameZh: '年卡', nameEn: '12 months', priceMinor: 13_800, stock: 80 },
    ],
  },
  {
    merchant: 'guangying',
    titleZh: '听潮音乐 高品质会员兑换码',
    titleEn: 'Tidesound hi-fi membership',
    descriptionZh: '无损音质、离线下载、付费歌单畅听。支持车机与智能音箱。',
    descriptionEn: 'Lossless sound, downloads and premium lists, also in the car and on speakers.',
    attributes: { region: '中国大陆 CN', platform: '听潮音乐', edition: '高品质会员', validity: '码有效期 1 年' },
    guideZh: [
      '打开听潮音乐 → 侧边栏 → 「会员兑换」。',
      '输入兑换码并确认账号昵称。',
      '自动续费默认关闭，不会额外扣费。',
    ],
    guideEn: [
      'Open Tidesound → side bar → Redeem membership.',
      'Enter the code and check your nickname.',
      'Automatic renewal stays off.',
    ],
    codes: 'key-4x4',
    variants: [
      { nameZh: '月卡', nameEn: '1 month', priceMinor: 1_180, stock: 150, tiers: [[10, 1_120]] },
      { nameZh: '年卡', nameEn: '12 months', priceMinor: 9_900, stock: 70 },
    ],
  },
  {
    merchant: 'guangying',
    titleZh: '漫谷 Comicvale 畅读卡',
    titleEn: 'Comicvale reading pass',
    descriptionZh: '全站漫画免费读，每月另赠 30 张付费章节券。可与家人共享 2 个档案。',
    descriptionEn: 'Every comic on the site, thirty chapter vouchers a month and two family profiles.',
    attributes: { region: '全球 Global', platform: '漫谷', validity: '激活后 90 天' },
    guideZh: [
      '访问 https://comicvale.example.com/redeem 登录。',
      '输入兑换码，畅读权限立即开启。',
      '章节券在「券包」查看，每月 1 日发放。',
    ],
    guideEn: [
      'Sign in at https://comicvale.example.com/redeem.',
      'Enter the code; reading opens at once.',
      'Vouchers arrive on the first of each month.',
    ],
    codes: 'key-3x5',
    variants: [{ nameZh: '90 天', nameEn: '90 days', priceMinor: 3_600, stock: 90 }],
  },
  {
    merchant: 'guangying',
    titleZh: '有声岛 听书年卡',
    titleEn: 'Audioisle audiobook year pass',
    descriptionZh: '8 万小时有声书与播客，支持定时关闭与倍速。年卡送 2 本买断书。',
    descriptionEn: '80,000 hours of audiobooks with sleep timer and speed control. Two books to keep are included.',
    attributes: { region: '中国大陆 CN', platform: '有声岛', validity: '激活后 1 年' },
    guideZh: ['App 内「我的 → 卡券 → 添加卡券」。', '输入卡号与密码。', '买断书在 30 天内挑选。'],
    guideEn: ['Open Me → Cards → Add a card.', 'Enter number and PIN.', 'Choose your two books within 30 days.'],
    codes: 'card-pin',
    variants: [{ nameZh: '年卡', nameEn: '12 months', priceMinor: 12_900, stock: 60, tiers: [[5, 12_300]] }],
  },
  {
    merchant: 'baili',
    titleZh: '球场直播 Arenacast 赛季通行证',
    titleEn: 'Arenacast season pass',
    descriptionZh: '整个赛季 380 场直播与回看，4K 主视角、双解说。一码仅限一个账号，直播期间不可转让。',
    descriptionEn:
      'All 380 matches of the season live and on demand in 4K with two commentaries. One account per code.',
    attributes: { region: '中国大陆 CN', platform: 'Arenacast', edition: '全赛季', validity: '至 2027-06-30' },
    guideZh: ['登录 Arenacast 网站，进入「激活通行证」。', '输入 16 位数字码。', '电视端请使用同一账号扫码登录。'],
    guideEn: [
      'Sign in to Arenacast and choose Activate pass.',
      'Enter the 16 digits.',
      'On a television sign in by QR code with the same account.',
    ],
    codes: 'digits-16',
    variants: [{ nameZh: '全赛季', nameEn: 'Season', priceMinor: 21_800, stock: 4, maxPerOrder: 2 }],
  },
  {
    merchant: 'guangying',
    titleZh: '萤火影院 家庭共享会员码',
    titleEn: 'Glowfly family sharing code',
    descriptionZh:
      '家庭档案共用一份会员：同一份卡密最多给 4 位买家，各自新建档案、互不影响。不能修改密码，不能踢出他人的档案。',
    descriptionEn:
      'One family membership, shared: up to 4 buyers get the same code and each opens a profile of their own. The password cannot be changed.',
    attributes: { region: '中国大陆 CN', platform: '萤火影院', edition: '家庭共享', validity: '激活后 30 天' },
    guideZh: ['打开萤火影院，选择「加入家庭」。', '输入卡密，新建自己的档案。', '不要改动家庭密码和别人的档案。'],
    guideEn: [
      'Open Glowfly and choose Join a family.',
      'Enter the code and open a profile.',
      'Leave the password and other profiles alone.',
    ],
    codes: 'key-3x5',
    variants: [
      {
        nameZh: '30 天 · 共享',
        nameEn: '30 days, shared',
        priceMinor: 900,
        stock: 5,
        maxPerOrder: 1,
        delivery: { kind: 'SHARED', seats: 4 },
      },
    ],
  },
  {
    merchant: 'guangying',
    titleZh: '云上影院 季卡兑换码',
    titleEn: 'Cloudtop Cinema quarterly code',
    descriptionZh: '云上影院季卡，手机与电视通用，兑换后立即生效，已有会员则顺延。',
    descriptionEn: 'Three months of Cloudtop Cinema on phone and television; starts at once or extends what you have.',
    attributes: { region: '中国大陆 CN', platform: '云上影院', edition: '季卡', validity: '码有效期 3 个月' },
    guideZh: ['登录云上影院，进入「我的 → 兑换」。', '输入兑换码，核对时长。', '确认后立即生效。'],
    guideEn: [
      'Sign in to Cloudtop Cinema, open Me → Redeem.',
      'Enter the code and check the length.',
      'Confirm: it starts at once.',
    ],
    codes: 'voucher',
    variants: [{ nameZh: '季卡', nameEn: '3 months', priceMinor: 5_400, stock: 9 }],
  },
]
