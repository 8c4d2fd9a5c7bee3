import type { Metadata } from 'next'
import './globals.css'

export const metadata: Metadata = { title: '404 · Keybond 卡契' }

/** Addresses outside every language (a file that is not there): both languages, no translations. */
export default function GlobalNotFound() {
  return (
    <html lang="zh-CN">
      <body>
        <main className="mx-auto grid max-w-xl gap-4 px-4 py-16">
          <h1 className="text-2xl">没有找到这个地址</h1>
          <p lang="en" className="text-ink-soft">
            This address was not found.
          </p>
          <p className="flex gap-6">
            <a href="/" className="text-jade underline underline-offset-4">
              回首页
            </a>
            <a href="/en" lang="en" className="text-jade underline underline-offset-4">
              Home page
            </a>
          </p>
        </main>
      </body>
    </html>
  )
}
