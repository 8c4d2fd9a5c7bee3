import type { SeedProduct } from './shapes'

export const AI_CLOUD: readonly SeedProduct[] = [
  {
    merchant: 'yunduan',
    titleZh: '言海大模型 API 额度兑换码',
    titleEn: 'Wordsea language model API credit',
    descriptionZh:
      '言海开放平台通用额度，适用于对话、向量与重排接口，按量扣费，企业认证账号可用。额度与月套餐互不影响。',
    descriptionEn:
      'Pay-as-you-go credit for Wordsea chat, embedding and ranking endpoints, separate from any monthly plan.',
    attributes: {
      region: '中国大陆 CN',
      platform: '言海开放平台',
      activationLimit: '1 个组织',
      validity: '兑换后 180 天',
    },
    guideZh: [
      '登录言海开放平台控制台 → 费用中心 → 兑换额度。',
      '粘贴以 kbdemo_ 开头的兑换码。',
      '额度 1 分钟内可用，可在「用量」页设置告警。',
    ],
    guideEn: [
      'Open Console → Billing → Redeem credit.',
      'Paste the code that begins with kbdemo_.',
      'Credit is ready in a minute; set an alarm under Usage.',
    ],
    codes: 'token',
    variants: [
      { nameZh: '100 元额度', nameEn: '¥100 credit', priceMinor: 9_200, stock: 120, tiers: [[10, 9_000]] },
      { nameZh: '1000 元额度', nameEn: '¥1,000 credit', priceMinor: 89_900, stock: 30 },
    ],
  },
  {
    merchant: 'yunduan',
    titleZh: '画境 Canvasia AI 绘图 点数包',
    titleEn: 'Canvasia image credits',
    descriptionZh: '支持文生图、局部重绘与 4K 放大。点数不清零，商用授权随点数附赠。',
    descriptionEn: 'Text to image, inpainting and 4K upscaling. Credits do not lapse and include commercial use.',
    attributes: { region: '全球 Global', platform: 'Canvasia', validity: '长期有效' },
    guideZh: [
      '登录 Canvasia，头像菜单选择「兑换」。',
      '输入兑换码，点数立即到账。',
      '商用授权书可在「许可证」页下载。',
    ],
    guideEn: [
      'Sign in and choose Redeem in your profile menu.',
      'Enter the code; credits arrive at once.',
      'Download the licence under Licences.',
    ],
    codes: 'key-4x4',
    variants: [
      { nameZh: '500 点', nameEn: '500 credits', priceMinor: 3_900, stock: 140, tiers: [[5, 3_750]] },
      { nameZh: '3000 点', nameEn: '3,000 credits', priceMinor: 19_900, stock: 60 },
    ],
  },
  {
    merchant: 'yunduan',
    titleZh: '栈云 Stackloud 云主机代金券',
    titleEn: 'Stackloud server voucher',
    descriptionZh: '适用于云主机、对象存储、CDN 的新购与续费，可叠加 5 张。实名账号可用，不支持提现。',
    descriptionEn: 'For servers, storage and CDN, new or renewed; up to five vouchers on one bill.',
    attributes: { region: '中国大陆 CN', platform: '栈云', validity: '领取后 90 天' },
    guideZh: ['控制台 → 费用 → 代金券 → 添加。', '输入 12 位券码。', '下单支付页勾选该券。'],
    guideEn: ['Console → Billing → Vouchers → Add.', 'Enter the 12-character code.', 'Tick the voucher when you pay.'],
    codes: 'voucher',
    variants: [
      { nameZh: '100 元券', nameEn: '¥100', priceMinor: 8_500, stock: 130, tiers: [[5, 8_300]] },
      { nameZh: '500 元券', nameEn: '¥500', priceMinor: 41_000, stock: 6 },
    ],
  },
  {
    merchant: 'yunduan',
    titleZh: '译桥 Linguabridge 文档翻译 专业版',
    titleEn: 'Linguabridge document translation Pro',
    descriptionZh: '整份 PDF、Word、PPT 保留排版翻译，术语库与双语对照导出。每月 500 页。',
    descriptionEn:
      'Whole documents translated with their layout, your own glossary and bilingual export. 500 pages a month.',
    attributes: {
      region: '全球 Global',
      platform: '译桥',
      edition: '专业版',
      activationLimit: '1 个账号',
      validity: '激活后 1 年',
    },
    guideZh: ['登录译桥 → 设置 → 订阅 → 使用激活码。', '输入 25 位激活码。', '上传文档时选择目标语言与术语库。'],
    guideEn: [
      'Sign in → Settings → Plan → Use a code.',
      'Enter the 25-character code.',
      'Choose language and glossary when you upload.',
    ],
    codes: 'key-5x5',
    variants: [{ nameZh: '年度', nameEn: '1 year', priceMinor: 26_900, stock: 75 }],
  },
  {
    merchant: 'yunduan',
    titleZh: '云匣 Boxly 网盘 2TB 空间卡',
    titleEn: 'Boxly cloud drive 2 TB',
    descriptionZh: '2TB 空间，不限速下载，可恢复 60 天内的历史版本。已有空间顺延叠加。',
    descriptionEn: 'Two terabytes, full-speed downloads, sixty days of file history. Adds to what you have.',
    attributes: { region: '中国大陆 CN', platform: '云匣', validity: '激活后 1 年' },
    guideZh: ['云匣 App → 我的 → 兑换空间。', '输入卡号与密码。', '空间立即扩容，到期前 7 天提醒。'],
    guideEn: [
      'Boxly app → Me → Redeem space.',
      'Enter number and PIN.',
      'Space grows at once; you are reminded a week before it ends.',
    ],
    codes: 'card-pin',
    variants: [{ nameZh: '2TB / 年', nameEn: '2 TB, 1 year', priceMinor: 15_800, stock: 85, tiers: [[3, 15_300]] }],
  },
  {
    merchant: 'yunduan',
    titleZh: '声纹工坊 AI 配音 体验账号',
    titleEn: 'Voiceworks AI narration account',
    descriptionZh: '成品账号：含 20 万字配音额度与 36 种音色。登录后请立即修改密码并绑定自己的邮箱。',
    descriptionEn:
      'A ready account with 200,000 characters and 36 voices. Change the password and bind your own e-mail at once.',
    attributes: {
      region: '全球 Global',
      platform: '声纹工坊',
      edition: '体验版',
      activationLimit: '1 人',
      validity: '30 天',
    },
    guideZh: [
      '交付内容格式：邮箱----密码----恢复码。',
      '登录 https://voiceworks.example.com ，按提示输入恢复码。',
      '在「安全」页修改密码并更换邮箱。',
    ],
    guideEn: [
      'You receive e-mail----password----recovery code.',
      'Sign in at https://voiceworks.example.com and enter the recovery code when asked.',
      'Change password and e-mail under Security.',
    ],
    codes: 'account',
    variants: [{ nameZh: '30 天账号', nameEn: '30-day account', priceMinor: 4_500, stock: 90 }],
  },
  {
    merchant: 'yunduan',
    titleZh: '栈云 Stackloud 企业版邀请码（人工开通）',
    titleEn: 'Stackloud business invitation, issued by hand',
    descriptionZh: '按买家的用途逐个向栈云申请，付款后 6 小时内发货。申请不下来立即全额退款。',
    descriptionEn:
      'Each invitation is requested from Stackloud after payment and delivered within 6 hours, or refunded in full.',
    attributes: { region: '中国大陆 CN', platform: '栈云', activationLimit: '1 个组织', validity: '签发后 30 天' },
    guideZh: ['打开栈云控制台，选择「接受邀请」。', '粘贴邀请码，完成企业认证。', '邀请码 30 天内有效。'],
    guideEn: [
      'Open the Stackloud console and choose Accept invitation.',
      'Paste the code and verify the company.',
      'The code lapses after 30 days.',
    ],
    codes: 'token',
    variants: [
      {
        nameZh: '标准席位',
        nameEn: 'Standard seat',
        priceMinor: 12_800,
        stock: 0,
        delivery: { kind: 'MANUAL', hours: 6 },
      },
      {
        nameZh: '高级席位',
        nameEn: 'Premium seat',
        priceMinor: 26_800,
        stock: 0,
        delivery: { kind: 'MANUAL', hours: 24 },
      },
    ],
  },
]
