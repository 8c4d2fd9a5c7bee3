import { z } from 'zod'
import { MerchantStatus } from '@/lib/infra/prisma/enums'
import { choiceParam, wordsParam } from '../../_console/params'

export const MerchantsQuery = z.object({ q: wordsParam, status: choiceParam(MerchantStatus) })
