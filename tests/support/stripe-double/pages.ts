import { z } from 'zod'
import { ApiError, known } from './api-error'
import type { Books } from './books'
import { setAccountReady } from './happenings'
import { closeIfOver, paySession } from './pay'
import type { Session } from './objects'

export interface Page {
  readonly status: number
  readonly html?: string
  readonly location?: string
}

const WORDS = {
  zh: {
    pay: '支付',
    cancel: '返回商家',
    methods: { card: '银行卡', alipay: '支付宝', wechat_pay: '微信支付' },
    over: '此页面已失效',
    paid: '已付款',
    setup: '完成开户',
    test: '测试环境，不会扣款',
  },
  en: {
    pay: 'Pay',
    cancel: 'Back to the shop',
    methods: { card: 'Card', alipay: 'Alipay', wechat_pay: 'WeChat Pay' },
    over: 'This page has expired',
    paid: 'Paid',
    setup: 'Complete the account',
    test: 'Test mode, no money moves',
  },
}

const Form = z.object({ method: z.string().default('card') })

/** The pages that Stripe hosts: paying, and a merchant's set-up. No script; the buttons are forms. */
export function answerPage(books: Books, method: string, url: URL, form: URLSearchParams): Page | null {
  const [, place, ...rest] = url.pathname.split('/')
  if (place === 'c' && rest[0] === 'pay') return payPage(books, method, rest[1] ?? '', form)
  if (place === 'setup') return setupPage(books, method, rest[0] ?? '', url.searchParams.get('back') ?? '/')
  if (place === 'express')
    return { status: 200, html: framed('en', `<h1>Express</h1><p>${escaped(rest[0] ?? '')}</p>`) }
  return null
}

function payPage(books: Books, method: string, id: string, form: URLSearchParams): Page {
  closeIfOver(books, id)
  const session = known(books.sessions, id, 'checkout.session')
  const language = session.locale === 'en' ? 'en' : 'zh'
  const words = WORDS[language]
  if (session.status !== 'open') {
    const title = session.status === 'complete' ? words.paid : words.over
    return { status: 200, html: framed(language, `<h1>${title}</h1>${backLink(session, words.cancel)}`) }
  }
  if (method === 'POST') {
    const { method: how } = Form.parse(Object.fromEntries(form))
    if (!session.allowed_payment_method_types?.includes(how))
      throw new ApiError(400, 'invalid_request_error', `no ${how}`)
    paySession(books, id, how)
    return { status: 303, location: session.success_url ?? '/' }
  }
  const choices = (session.allowed_payment_method_types ?? []).map((name, nth) => {
    const label = Object.entries(words.methods).find(([known]) => known === name)?.[1] ?? name
    const checked = nth === 0 ? ' checked' : ''
    return `<p><label><input type="radio" name="method" value="${escaped(name)}"${checked}> ${escaped(label)}</label></p>`
  })
  const amount = amountOf(session, language)
  const button = `<button type="submit">${words.pay} ${escaped(amount)}</button>`
  const body = `<h1>${escaped(amount)}</h1><p>${words.test}</p><form method="post">${choices.join('')}${button}</form>`
  return { status: 200, html: framed(language, body + backLink(session, words.cancel)) }
}

function setupPage(books: Books, method: string, id: string, back: string): Page {
  const { business_profile: profile } = known(books.accounts, id, 'account')
  if (method === 'POST') {
    setAccountReady(books, id, true)
    return { status: 303, location: back }
  }
  const button = `<form method="post"><button type="submit">${WORDS.zh.setup} / ${WORDS.en.setup}</button></form>`
  return { status: 200, html: framed('zh', `<h1>${escaped(profile.name)}</h1>${button}`) }
}

function amountOf({ amount_total: total, currency }: Session, language: string): string {
  const money = { style: 'currency', currency: currency ?? 'cny' } as const
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', money).format((total ?? 0) / 100)
}

function backLink({ cancel_url: url }: Session, words: string): string {
  return url === null ? '' : `<p><a href="${escaped(url)}">${words}</a></p>`
}

function framed(language: string, body: string): string {
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Stripe double</title>'
  return `<!doctype html><html lang="${language}"><head>${head}</head><body><main>${body}</main></body></html>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
