'use client'

import './globals.css'

/** The root layout itself failed, so neither language nor messages are known: both languages, no translations. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="zh-CN">
      <body>
        <title>Keybond 卡契</title>
        <main className="mx-auto grid max-w-xl gap-4 px-4 py-16">
          <h1 className="text-2xl">这个页面没能显示出来</h1>
          <p className="text-ink-soft">你的订单和资金没有因此变化。问题已记录，请重试。</p>
          <p lang="en" className="text-ink-soft">
            This page could not be shown. Your orders and money have not changed because of it. Please try again.
          </p>
          <button
            type="button"
            onClick={retry}
            className="min-h-11 justify-self-start rounded-md bg-jade-solid px-4 text-on-jade"
          >
            重试 <span lang="en">Try again</span>
          </button>
        </main>
      </body>
    </html>
  )
}
