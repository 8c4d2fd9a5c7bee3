/** Texts of the shop: Chinese always, English where the merchant wrote it. */
export function said(locale: string, zh: string, en: string | null): string {
  return locale === 'en' && en ? en : zh
}
