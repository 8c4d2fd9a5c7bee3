/** The text in the reader's language; Chinese where no English one was written. */
export function said(locale: string, zh: string, en: string | null): string {
  return locale === 'en' ? (en ?? zh) : zh
}
