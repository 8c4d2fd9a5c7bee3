import { getLocale } from 'next-intl/server'
import type { z } from 'zod'
import type { Locale } from '@/i18n/routing'
import type { Actor } from '@/lib/domain/orders'
import type { InTransaction } from '@/lib/domain/tx'
import { db, inTransaction } from '@/lib/infra/db'
import type { Role } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'
import type { ActionState } from './action-state'
import { settleForm } from './form-action'
import { guestCheckoutIds } from './guest-access'
import { currentUser, type MerchantUser, type SessionUser } from './session'

/** What every action gets besides its parsed input. */
export interface ActionContext {
  readonly now: Date
  readonly run: InTransaction
  readonly locale: Locale
}

/** Who buys: an account, or a guest known by the checkouts that this browser may open. */
export interface Buyer {
  readonly userId: string | null
  readonly checkoutIds: readonly string[]
}

export interface SignedInContext extends ActionContext {
  readonly user: SessionUser
  readonly userId: string
  readonly actor: Actor
}

export interface MerchantContext extends SignedInContext {
  readonly user: MerchantUser
  readonly merchantId: string
}

export interface BuyerContext extends ActionContext {
  readonly user: SessionUser | null
  readonly buyer: Buyer
  readonly actor: Actor
}

/** A server action for useActionState (and, bound to nothing, for a form without JavaScript). */
export type FormAction<T> = (state: ActionState<T>, form: FormData) => Promise<ActionState<T>>

type Handler<Input, Context, T> = (input: Input, context: Context) => Promise<T>

/** An action that anybody may call. */
export function publicAction<Input, T = void>(
  schema: z.ZodType<Input>,
  handler: Handler<Input, ActionContext, T>,
): FormAction<T> {
  return actionAs(schema, async (context) => context, handler)
}

/** An action of a buyer, signed in or guest; the handler scopes what it touches by `buyer`. */
export function buyerAction<Input, T = void>(
  schema: z.ZodType<Input>,
  handler: Handler<Input, BuyerContext, T>,
): FormAction<T> {
  return actionAs(schema, async (context) => ({ ...context, ...(await currentBuyer()) }), handler)
}

/** An action of a merchant's people; `merchantId` is theirs. Refuses `auth/required`, and `access/not-found` to other roles. */
export function merchantAction<Input, T = void>(
  schema: z.ZodType<Input>,
  handler: Handler<Input, MerchantContext, T>,
): FormAction<T> {
  return actionAs(
    schema,
    async (context) => {
      const user = await requireRole('MERCHANT')
      const { id, merchantId } = user
      if (merchantId === null) throw new Refusal('access/not-found')
      return {
        ...context,
        user: { ...user, merchantId },
        userId: id,
        merchantId,
        actor: { kind: 'MERCHANT' as const, id },
      }
    },
    handler,
  )
}

/** An action of an operator. Refuses `auth/required`, and `access/not-found` to other roles. */
export function operatorAction<Input, T = void>(
  schema: z.ZodType<Input>,
  handler: Handler<Input, SignedInContext, T>,
): FormAction<T> {
  return actionAs(schema, signedInAs('OPERATOR'), handler)
}

/** An action of an arbitrator; the verb checks that the case is theirs. Refuses `auth/required`, and `access/not-found` to other roles. */
export function arbitratorAction<Input, T = void>(
  schema: z.ZodType<Input>,
  handler: Handler<Input, SignedInContext, T>,
): FormAction<T> {
  return actionAs(schema, signedInAs('ARBITRATOR'), handler)
}

/** The buyer behind this request. Merchants and operators who shop here do so as guests: their console is another role. */
export async function currentBuyer(): Promise<Pick<BuyerContext, 'user' | 'buyer' | 'actor'>> {
  const [signedIn, checkoutIds] = [await currentUser(), await guestCheckoutIds()]
  const user = signedIn?.role === 'BUYER' ? signedIn : null
  const userId = user?.id ?? null
  return { user, buyer: { userId, checkoutIds }, actor: { kind: 'BUYER', id: userId } }
}

function signedInAs(role: 'OPERATOR' | 'ARBITRATOR') {
  return async (context: ActionContext): Promise<SignedInContext> => {
    const user = await requireRole(role)
    return { ...context, user, userId: user.id, actor: { kind: role, id: user.id } }
  }
}

function actionAs<Input, Context, T>(
  schema: z.ZodType<Input>,
  authorise: (context: ActionContext) => Promise<Context>,
  handler: Handler<Input, Context, T>,
): FormAction<T> {
  return async (_state, form) => {
    const locale = await getLocale()
    const base = { now: new Date(), run, locale }
    return settleForm(form, schema, locale, () => authorise(base), handler)
  }
}

/** Opens transactions on the process's database. */
export const run: InTransaction = (work) => inTransaction(db(), work)

async function requireRole(role: Role): Promise<SessionUser> {
  const user = await currentUser()
  if (!user) throw new Refusal('auth/required')
  if (user.role !== role) throw new Refusal('access/not-found')
  return user
}
