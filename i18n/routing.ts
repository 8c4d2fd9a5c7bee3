import { defineRouting } from 'next-intl/routing'

/**
 * The address alone decides the language: no prefix is Chinese, `/en` is English. Cookies and Accept-Language are not
 * read, so a link shows everybody the same page and a cache may keep it.
 */
export const routing = defineRouting({
  locales: ['zh-CN', 'en'],
  defaultLocale: 'zh-CN',
  localePrefix: 'as-needed',
  localeDetection: false,
  localeCookie: false,
})

export type Locale = (typeof routing.locales)[number]
