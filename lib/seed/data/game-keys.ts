import type { SeedProduct } from './shapes'

export const GAME_KEYS: readonly SeedProduct[] = [
  {
    merchant: 'heikuo',
    titleZh: '深海回声 PC 激活码',
    titleEn: 'Echoes of the Deep (PC key)',
    descriptionZh:
      '沉浸式深海探索冒险，驾驶单人潜艇穿越塌陷的海底城。支持简体中文配音、手柄与超宽屏。激活后永久入库「星阶」账号。',
    descriptionEn:
      'Pilot a one-person submarine through a sunken city. Full Chinese voice-over, controller and ultrawide support. Yours for good in your Starstep library.',
    attributes: {
      region: '全球 Global',
      platform: '星阶 Starstep',
      edition: '标准版 / 豪华版',
      activationLimit: '1 个账号',
    },
    downloadUrl: 'https://starstep.example.com/client',
    guideZh: [
      '安装并登录星阶客户端。',
      '点左下角「＋ 添加游戏 → 激活产品」。',
      '输入 XXXXX-XXXXX-XXXXX 格式的激活码。',
      '游戏入库后即可下载（约 38 GB）。',
    ],
    guideEn: [
      'Install the Starstep client and sign in.',
      'Choose + Add a game → Activate a product (bottom left).',
      'Enter the XXXXX-XXXXX-XXXXX key.',
      'The game joins your library; the download is about 38 GB.',
    ],
    codes: 'key-3x5',
    variants: [
      {
        nameZh: '标准版',
        nameEn: 'Standard',
        priceMinor: 8_900,
        stock: 120,
        tiers: [
          [5, 8_600],
          [20, 8_300],
        ],
      },
      { nameZh: '豪华版', nameEn: 'Deluxe', priceMinor: 12_800, stock: 45 },
    ],
  },
  {
    merchant: 'heikuo',
    titleZh: '雾都侦探社 PC 激活码',
    titleEn: 'Fogtown Detectives (PC key)',
    descriptionZh:
      '1920 年代背景的推理游戏，12 起连环案件，多结局。支持与一位好友远程合作破案。国区激活码，其他地区账号无法激活。',
    descriptionEn:
      'A 1920s mystery in twelve linked cases with several endings and online co-op for two. Region-locked to mainland China accounts.',
    attributes: {
      region: '中国大陆 CN',
      platform: '星阶 Starstep',
      edition: '完整版（含案卷 DLC）',
      activationLimit: '1 个账号',
    },
    downloadUrl: 'https://starstep.example.com/client',
    guideZh: [
      '确认星阶账号的地区是「中国大陆」。',
      '客户端内选择「激活产品」，输入激活码。',
      '若提示地区不符，请不要重复尝试，直接在订单页发起投诉。',
    ],
    guideEn: [
      'Make sure your Starstep account is set to mainland China.',
      'Choose Activate a product in the client and enter the key.',
      'If it reports a region mismatch, stop and open a complaint on the order page.',
    ],
    codes: 'key-3x5',
    variants: [{ nameZh: '完整版', nameEn: 'Complete', priceMinor: 6_800, stock: 90, tiers: [[10, 6_500]] }],
  },
  {
    merchant: 'heikuo',
    titleZh: '末班星轨 双平台激活码',
    titleEn: 'Last Starline (PC and Orbita)',
    descriptionZh: '星际列车经营模拟：规划航线、安抚乘客、躲避陨石潮。一码双激活，PC 与 Orbita 主机进度互通。',
    descriptionEn:
      'Run the last train between the stars: plan the line, calm the passengers, dodge the meteors. One key for PC and Orbita with shared progress.',
    attributes: {
      region: '全球 Global',
      platform: '星阶 / Orbita',
      edition: '首发版',
      activationLimit: '1 个账号，2 个平台',
    },
    guideZh: [
      '先在 PC 端激活并绑定开发商账号。',
      '在 Orbita 主机商店选择「兑换代码」，用同一开发商账号登录。',
      '游戏会自动出现在两个平台的库中。',
    ],
    guideEn: [
      'Activate on PC first and link a developer account.',
      'On Orbita choose Redeem code and sign in with the same developer account.',
      'The game appears in both libraries.',
    ],
    codes: 'key-4x4',
    variants: [{ nameZh: '首发版', nameEn: 'Launch edition', priceMinor: 15_800, stock: 60 }],
  },
  {
    merchant: 'heikuo',
    titleZh: '熔岩之心 Orbita 主机兑换码',
    titleEn: 'Heart of Magma (Orbita code)',
    descriptionZh: '动作角色扮演，火山群岛开放世界。港服兑换码，含繁体中文与简体中文。支持体感与自适应扳机。',
    descriptionEn:
      'An action RPG on a volcanic archipelago. Hong Kong store code with traditional and simplified Chinese.',
    attributes: { region: '港澳台 HK/MO/TW', platform: 'Orbita', edition: '标准版', activationLimit: '1 个账号' },
    guideZh: [
      '主机登录港服账号，进入商店 → 头像 → 「兑换代码」。',
      '输入 12 位代码并确认商品名称。',
      '下载约 61 GB，请预留空间。',
    ],
    guideEn: [
      'Sign in with a Hong Kong account, open Store → profile → Redeem code.',
      'Enter the 12-character code and check the title shown.',
      'The download is about 61 GB.',
    ],
    codes: 'voucher',
    variants: [{ nameZh: '标准版', nameEn: 'Standard', priceMinor: 26_800, stock: 5 }],
  },
  {
    merchant: 'heikuo',
    titleZh: '小港日和 豪华同捆激活码',
    titleEn: 'Harbor Days deluxe bundle',
    descriptionZh: '治愈系渔港生活模拟，含原声集与「夏祭」扩展。轻度休闲，低配笔记本也能流畅运行。',
    descriptionEn:
      'A gentle life in a fishing harbour, with soundtrack and the Summer Festival expansion. Runs on modest laptops.',
    attributes: {
      region: '全球 Global',
      platform: '星阶 Starstep',
      edition: '豪华同捆版',
      activationLimit: '1 个账号',
    },
    downloadUrl: 'https://starstep.example.com/client',
    guideZh: [
      '在星阶客户端激活主程序码。',
      '扩展与原声集会随主程序自动入库。',
      '存档位置：文档/HarborDays，可手动备份。',
    ],
    guideEn: [
      'Activate the key in the Starstep client.',
      'Expansion and soundtrack join your library with the game.',
      'Saves live in Documents/HarborDays and may be copied.',
    ],
    codes: 'key-3x5',
    variants: [{ nameZh: '豪华同捆', nameEn: 'Deluxe bundle', priceMinor: 5_980, stock: 100, tiers: [[5, 5_700]] }],
  },
  {
    merchant: 'xingqiao',
    titleZh: '像素王朝：边境 限量首日码',
    titleEn: 'Pixel Dynasties: Frontier (day-one key)',
    descriptionZh: '像素风即时战略，首日限定码附赠「边境守军」皮肤。发行商仅授权少量库存，售完不补。',
    descriptionEn:
      'Pixel real-time strategy. Day-one keys carry the Border Guard skin; the publisher released only a few and there will be no more.',
    attributes: {
      region: '全球 Global',
      platform: '星阶 Starstep',
      edition: '首日限定版',
      activationLimit: '1 个账号',
    },
    downloadUrl: 'https://starstep.example.com/client',
    guideZh: ['在星阶客户端激活。', '首次进入游戏后，皮肤在「外观」页领取。'],
    guideEn: ['Activate in the Starstep client.', 'Collect the skin under Looks after the first start.'],
    codes: 'key-5x5',
    variants: [{ nameZh: '首日限定', nameEn: 'Day one', priceMinor: 9_900, stock: 3, maxPerOrder: 2 }],
  },
  {
    merchant: 'heikuo',
    titleZh: '极夜信标 预购激活码',
    titleEn: 'Polar Beacon (pre-order key)',
    descriptionZh: '极地生存游戏，12 月解锁。待发行商确认出码时间后上架。',
    descriptionEn:
      'Polar survival, unlocking in December. Goes on sale once the publisher confirms the date of the keys.',
    attributes: { region: '全球 Global', platform: '星阶 Starstep', edition: '预购版', activationLimit: '1 个账号' },
    guideZh: ['解锁日当天在星阶客户端激活。'],
    guideEn: ['Activate in the Starstep client on the day of release.'],
    codes: 'key-3x5',
    variants: [{ nameZh: '预购版', nameEn: 'Pre-order', priceMinor: 13_800, stock: 0 }],
    status: 'DRAFT',
  },
]
