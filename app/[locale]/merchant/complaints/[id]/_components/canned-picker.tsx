'use client'

import { useId, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/input'

interface Props {
  answers: readonly { readonly id: string; readonly title: string; readonly body: string }[]
  /** The case's own address: without JavaScript it comes back with the answer filled in. */
  path: string
  /** What else stands in the address. */
  keep: Readonly<Record<string, string>>
  chosen: string | undefined
  words: { readonly label: string; readonly choose: string; readonly insert: string }
}

/** Puts a prepared answer into the message of the form that follows it; a form of its own, so that it works without JavaScript. */
export function CannedPicker({ answers, path, keep, chosen, words }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const field = useId()
  const fill = (id: string): boolean => {
    const answer = answers.find((one) => one.id === id)
    const message = form.current?.parentElement?.querySelector<HTMLTextAreaElement>('textarea[name=message]')
    if (!answer || !message) return false
    // What was typed stays; a prepared answer that was put in before gives way to this one.
    const typed = message.value.trim()
    const replaces = typed === '' || answers.some(({ body }) => body.trim() === typed)
    message.value = replaces ? answer.body : `${typed}\n\n${answer.body}`
    return true
  }
  return (
    <form
      ref={form}
      action={path}
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        const id = new FormData(event.currentTarget).get('canned')
        if (typeof id === 'string' && fill(id)) event.preventDefault()
      }}
    >
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="grid min-w-0 gap-1.5">
        <label htmlFor={field} className="font-medium">
          {words.label}
        </label>
        <Select
          id={field}
          name="canned"
          defaultValue={chosen ?? ''}
          onChange={({ currentTarget }) => fill(currentTarget.value)}
        >
          <option value="">{words.choose}</option>
          {answers.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      </div>
      <Button type="submit" variant="secondary">
        {words.insert}
      </Button>
    </form>
  )
}
