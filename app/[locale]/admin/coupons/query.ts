import { z } from 'zod'
import { COUPON_STATES } from '@/lib/queries/admin'
import { choiceParam, wordsParam } from '../../_console/params'

export const CouponsQuery = z.object({ state: choiceParam(COUPON_STATES), q: wordsParam })
