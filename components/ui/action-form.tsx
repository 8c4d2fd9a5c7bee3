'use client'

import {
  createContext,
  useActionState,
  useContext,
  useEffect,
  useRef,
  type ComponentProps,
  type ReactNode,
} from 'react'
import { type ActionState, IDLE } from '@/lib/web/action-state'
import { CheckboxField, SelectField, TextField, TextareaField } from './field'
import { Notice } from './notice'
import { SecretField } from './secret-field'

type Answer = Extract<ActionState, { status: 'refused' }> | null

const LastAnswer = createContext<Answer>(null)

/** What the last submit of the surrounding form was refused for; null before and after success. */
export function useAnswer(): Answer {
  return useContext(LastAnswer)
}

interface Props<T> extends Omit<ComponentProps<'form'>, 'action'> {
  action: (state: ActionState<T>, form: FormData) => Promise<ActionState<T>>
  /** What did not happen, e.g. "没有登录"; the refusal's own sentence stands under it. */
  failed?: ReactNode
  /** Said after success, where the action does not lead to another page. */
  done?: ReactNode
  children: ReactNode
}

/** A form on a server action: says what was refused and why, keeps what was typed. Works without JavaScript. */
export function ActionForm<T>({ action, failed, done, children, ...rest }: Props<T>) {
  const [state, submit] = useActionState<ActionState<T>, FormData>(action, IDLE)
  const answer = state.status === 'refused' ? state : null
  const form = useRef<HTMLFormElement>(null)

  // What was asked before sending is answered: the question must not cover what came of it.
  useEffect(() => {
    if (state.status === 'idle') return
    for (const asked of form.current?.querySelectorAll<HTMLElement>(':popover-open') ?? []) asked.hidePopover()
  }, [state])

  // A long form is sent from its end: lead to the first field that was refused, or to the message.
  useEffect(() => {
    if (!answer) return
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true]')
    if (wrong) wrong.focus()
    else form.current?.querySelector('[role=alert]')?.scrollIntoView({ block: 'center' })
  }, [answer])

  return (
    <form ref={form} action={submit} {...rest}>
      <LastAnswer value={answer}>
        {answer && (
          <Notice kind="danger" live title={failed}>
            {answer.message}
          </Notice>
        )}
        {state.status === 'done' && done && (
          <Notice kind="success" live>
            {done}
          </Notice>
        )}
        {children}
      </LastAnswer>
    </form>
  )
}

type Named<C extends (props: never) => ReactNode> = Parameters<C>[0] & { name: string }

function useField(name: string, initial: ComponentProps<'input'>['defaultValue']) {
  const answer = useAnswer()
  return { defaultValue: answer?.values?.[name] ?? initial, error: answer?.fields?.[name] }
}

export function FormText({ name, defaultValue, ...rest }: Named<typeof TextField>) {
  return <TextField name={name} {...rest} {...useField(name, defaultValue)} />
}

export function FormTextarea({ name, defaultValue, ...rest }: Named<typeof TextareaField>) {
  return <TextareaField name={name} {...rest} {...useField(name, defaultValue)} />
}

/** The key remounts the select: React leaves a select's choice alone when its default changes. */
export function FormSelect({ name, defaultValue, ...rest }: Named<typeof SelectField>) {
  const field = useField(name, defaultValue)
  return <SelectField key={String(field.defaultValue)} name={name} {...rest} {...field} />
}

export function FormCheckbox({ name, defaultChecked, ...rest }: Named<typeof CheckboxField>) {
  const answer = useAnswer()
  const checked = answer?.values ? Object.hasOwn(answer.values, name) : defaultChecked
  return (
    <CheckboxField
      key={String(checked)}
      name={name}
      {...rest}
      defaultChecked={checked}
      error={answer?.fields?.[name]}
    />
  )
}

export function FormSecret({ name, ...rest }: Named<typeof SecretField>) {
  return <SecretField name={name} {...rest} error={useAnswer()?.fields?.[name]} />
}
