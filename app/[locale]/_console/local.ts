/** The text of the reader's language; the Chinese one where no English was written. */
export function localText(locale: string, zh: string, en: string | null | undefined): string {
  return locale === 'en' ? en || zh : zh
}

/** "Product · variant", or the product alone when the variant is named like it. */
export function offerName(
  locale: string,
  offer: { titleZh: string; titleEn: string | null; nameZh: string; nameEn: string | null },
): string {
  return `${localText(locale, offer.titleZh, offer.titleEn)} · ${localText(locale, offer.nameZh, offer.nameEn)}`
}
