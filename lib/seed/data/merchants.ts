import type { SeedMerchant } from './shapes'

/** None of these companies exists; their credit codes have the true form and check digit. The last one waits for admission. */
export const MERCHANTS: readonly SeedMerchant[] = [
  merchant('xingqiao', '星桥点卡', '杭州星桥数码科技有限公司', '91330108MAKEYB1H7E', 300, 5_000_000, 'TRUSTED'),
  merchant('heikuo', '黑阔游戏铺', '广州黑阔网络科技有限公司', '91440106MAKEYB2T1Q', 350, 8_000_000, 'TRUSTED'),
  merchant('lvyin', '绿茵正版软件', '上海绿茵软件服务有限公司', '91310115MAKEYB3R1B', 400, 10_000_000, 'STANDARD'),
  merchant('guangying', '光影会员馆', '成都光影时刻文化传媒有限公司', '91510107MAKEYB4W9P', 300, 3_000_000, 'STANDARD'),
  merchant('yunduan', '云端算力铺', '北京云端算力科技有限公司', '91110108MAKEYB5P8Q', 250, 6_000_000, 'NEW'),
  merchant('zhixing', '知行课堂', '南京知行学堂教育科技有限公司', '91320106MAKEYB6Q2H', 500, 4_000_000, 'NEW'),
  merchant('tangguo', '糖果手游', '厦门糖果手游网络有限公司', '91350203MAKEYB7L8U', 350, 30_000, 'PRIME'),
  merchant('baili', '百礼汇', '武汉百礼汇电子商务有限公司', '91420111MAKEYB8N0J', 200, 12_000_000, 'NEW'),
  { ...merchant('xinhai', '新海数卡', '青岛新海数卡贸易有限公司', '91370202MAKEYB9GXX', 300, 0, 'NEW'), active: false },
]

function merchant(
  slug: string,
  name: string,
  legalName: string,
  legalNumber: string,
  feeBps: number,
  depositMinor: number,
  tier: SeedMerchant['tier'],
): SeedMerchant {
  return {
    slug,
    name,
    legalName,
    legalNumber,
    contactEmail: `service@${slug}.example`,
    feeBps,
    depositMinor,
    tier,
    active: true,
  }
}
