/** What a column of an upload can mean. `ignore` leaves it out on purpose. */
export const STOCK_FIELDS = ['code', 'pin', 'account', 'password', 'link', 'expiry', 'cost', 'note', 'ignore'] as const
export type StockField = (typeof STOCK_FIELDS)[number]

/** Column names as people write them, after `plainName`. */
const NAMES: Readonly<Record<StockField, string>> = {
  code: `secret secrets code codes key keys cdk cdks cdkey cdkeys serial serialnumber serialkey sn license licence licensekey
    licencekey activationcode activationkey productkey redeemcode redemptioncode vouchercode voucher giftcode giftcard cardcode
    cardnumber cardno content contents 卡密 卡号 卡号码 激活码 兑换码 兌換碼 序列号 序列號 序號 密钥 密鑰 秘钥 秘鑰 金鑰 充值码 儲值碼
    礼品卡 注册码 授权码 授權碼 啟用碼 卡號 卡券 卡券码 券码 cdk码 内容 內容 2fa 2fa密钥 2fa秘钥`,
  pin: 'pin pincode pin码 安全码 校验码 验证码 提取码 卡密码 卡密碼',
  account: `account accounts user username userid login loginname email mail mailbox emailaddress uid 账号 帐号 帳號 賬號 账户 用户名 用戶名
    邮箱 電子郵件 电子邮箱 郵箱 邮箱账号 手机号 登录名 辅助邮箱`,
  password: `password pass passwd pwd accountpassword emailpassword mailpassword emailpass mailpass 密码 密碼 登录密码 账号密码 邮箱密码
    郵箱密碼 帳號密碼 辅助邮箱密码`,
  link: 'link links url urls address downloadlink 链接 連結 鏈接 网址 網址 下载地址 下载链接 兑换链接 网盘链接',
  expiry: `expiry expires expiresat expire expirydate expirationdate expiration expdate exp validuntil validto validthru 有效期 有效期至
    有效期限 到期 到期日 到期日期 到期时间 過期日 过期时间 过期日期 截止日期 失效日期 失效时间`,
  cost: 'cost costprice purchaseprice buyingprice 成本 成本价 成本價 进价 進價 进货价 采购价',
  note: 'note notes remark remarks memo comment comments 备注 備註 说明 說明 备注信息',
  ignore: 'id no index number state status price 序号 编号 編號 状态 狀態 价格 價格 售价',
}

const MAX_NAME_CHARS = 60

const BY_NAME = new Map<string, StockField>(
  STOCK_FIELDS.flatMap((field) => NAMES[field].split(/\s+/u).map((name) => [name, field] as const)),
)

/** The field that a column of this name holds; null when the name says nothing to us. */
export function fieldNamed(name: string): StockField | null {
  return BY_NAME.get(plainName(name)) ?? null
}

/** Whether the column is called `secret`, in any case: it holds the codes whatever the others are called. */
export function isSecretColumn(name: string): boolean {
  return plainName(name) === 'secret'
}

/**
 * Whether a first row names the columns: every cell is such a name or, in a `table` (CSV, workbook), one of them is and no
 * other looks like part of a unit (a long run of digits, an address, a link).
 */
export function looksLikeHeader(fields: readonly string[], table: boolean): boolean {
  const cells = fields.filter((field) => field !== '')
  const known = cells.filter((cell) => fieldNamed(cell) !== null)
  if (known.length === 0 || known.length === cells.length) return known.length > 0
  return table && cells.every((cell) => fieldNamed(cell) !== null || !/\d{4}|@|:\/\//u.test(cell))
}

/** Without case, white space, marks and what stands in brackets: `Card_Code（必填）` is `cardcode`. */
function plainName(name: string): string {
  return name
    .slice(0, MAX_NAME_CHARS)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\(.*?\)|\[.*?\]|【.*?】/gu, '')
    .replaceAll(/[\s_\-:.*#"'/\uFEFF]/gu, '')
}
