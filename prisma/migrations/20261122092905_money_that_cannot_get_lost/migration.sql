-- CreateEnum
CREATE TYPE "CouponKind" AS ENUM ('PERCENT', 'AMOUNT');

-- CreateEnum
CREATE TYPE "BalanceRule" AS ENUM ('CREDIT', 'DEBIT');

-- CreateEnum
CREATE TYPE "MerchantTier" AS ENUM ('NEW', 'STANDARD', 'TRUSTED', 'PRIME');

-- CreateEnum
CREATE TYPE "PayoutSchedule" AS ENUM ('MANUAL', 'DAILY', 'WEEKLY', 'MONTHLY');

-- CreateEnum
CREATE TYPE "PayoutStatus" AS ENUM ('PENDING', 'SENT', 'PAID', 'FAILED');

-- CreateEnum
CREATE TYPE "CheckoutPurpose" AS ENUM ('ORDERS', 'TOP_UP');

-- CreateEnum
CREATE TYPE "RefundMethod" AS ENUM ('PROVIDER', 'WALLET');

-- CreateEnum
CREATE TYPE "DisputeState" AS ENUM ('NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "AccountKind" ADD VALUE 'PROTECTION_FUND';
ALTER TYPE "AccountKind" ADD VALUE 'PAYOUT_IN_TRANSIT';
ALTER TYPE "AccountKind" ADD VALUE 'PROMO_EXPENSE';
ALTER TYPE "AccountKind" ADD VALUE 'PROVIDER_COST';
ALTER TYPE "AccountKind" ADD VALUE 'BUYER_WALLET';
ALTER TYPE "AccountKind" ADD VALUE 'MERCHANT_RECEIVABLE';
ALTER TYPE "AccountKind" ADD VALUE 'DISPUTED';

-- AlterEnum
ALTER TYPE "EventVerdict" ADD VALUE 'DEAD';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "PaymentUse" ADD VALUE 'MISMATCH';
ALTER TYPE "PaymentUse" ADD VALUE 'UNKNOWN';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "RefundStatus" ADD VALUE 'SENT';
ALTER TYPE "RefundStatus" ADD VALUE 'FAILED';

-- DropForeignKey
ALTER TABLE "payment" DROP CONSTRAINT "payment_checkoutId_currency_fkey";

-- DropIndex
DROP INDEX "refund_once_per_payment";

-- AlterTable
ALTER TABLE "bank_callback" ADD COLUMN     "accountId" UUID,
ALTER COLUMN "paymentId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "bank_capture" ADD COLUMN     "disputedMinor" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "bank_payment" ADD COLUMN     "payBy" TIMESTAMPTZ(3),
ALTER COLUMN "reference" DROP NOT NULL;

-- AlterTable
ALTER TABLE "bank_refund" ADD COLUMN     "dueAt" TIMESTAMPTZ(3),
ADD COLUMN     "failure" TEXT,
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'succeeded';

-- AlterTable
ALTER TABLE "checkout" ADD COLUMN     "purpose" "CheckoutPurpose" NOT NULL DEFAULT 'ORDERS',
ADD COLUMN     "walletMinor" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ledger_balance" ADD COLUMN     "rule" "BalanceRule" NOT NULL DEFAULT 'CREDIT';

-- AlterTable
ALTER TABLE "ledger_transfer" ADD COLUMN     "externalRef" TEXT;

-- AlterTable
ALTER TABLE "merchant" ADD COLUMN     "nextPayoutAt" TIMESTAMPTZ(3),
ADD COLUMN     "payoutSchedule" "PayoutSchedule" NOT NULL DEFAULT 'MANUAL',
ADD COLUMN     "tier" "MerchantTier" NOT NULL DEFAULT 'NEW';

-- AlterTable
ALTER TABLE "order" ADD COLUMN     "discountMinor" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "frozenAt" TIMESTAMPTZ(3),
ADD COLUMN     "pausedSeconds" INTEGER,
ADD COLUMN     "promoMinor" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refundedMinor" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refundedUnits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "walletMinor" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "refundedMinor" INTEGER NOT NULL DEFAULT 0,
ALTER COLUMN "checkoutId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "payment_event" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "dueAt" TIMESTAMPTZ(3),
ADD COLUMN     "lastError" TEXT,
ADD COLUMN     "subject" JSONB;

-- AlterTable
ALTER TABLE "refund" ADD COLUMN     "attempt" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "method" "RefundMethod" NOT NULL DEFAULT 'PROVIDER',
ADD COLUMN     "orderRefundId" UUID,
ADD COLUMN     "walletUserId" UUID,
ALTER COLUMN "paymentId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "operator_action" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "verb" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operator_action_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_dispute" (
    "id" UUID NOT NULL,
    "captureId" UUID NOT NULL,
    "amountMinor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "evidenceDueAt" TIMESTAMPTZ(3) NOT NULL,
    "evidence" JSONB,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "bank_dispute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_account" (
    "id" UUID NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "notifyUrl" TEXT NOT NULL,
    "returnUrl" TEXT,
    "completedAt" TIMESTAMPTZ(3),
    "refuseNext" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bank_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_transfer" (
    "id" UUID NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "amountMinor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" TEXT NOT NULL,
    "failure" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "returnedAt" TIMESTAMPTZ(3),

    CONSTRAINT "bank_transfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_movement" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "sourceId" UUID NOT NULL,
    "paymentId" UUID,
    "amountMinor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bank_movement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cart" (
    "id" UUID NOT NULL,
    "userId" UUID,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cart_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cart_item" (
    "cartId" UUID NOT NULL,
    "variantId" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cart_item_pkey" PRIMARY KEY ("cartId","variantId")
);

-- CreateTable
CREATE TABLE "coupon" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "merchantId" UUID,
    "kind" "CouponKind" NOT NULL,
    "percentBps" INTEGER,
    "amountMinor" INTEGER,
    "mostMinor" INTEGER,
    "minimumMinor" INTEGER NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3),
    "totalLimit" INTEGER,
    "perBuyerLimit" INTEGER,
    "usedCount" INTEGER NOT NULL DEFAULT 0,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coupon_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupon_use" (
    "checkoutId" UUID NOT NULL,
    "couponId" UUID NOT NULL,
    "buyerKey" TEXT NOT NULL,
    "discountMinor" INTEGER NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "returnedAt" TIMESTAMPTZ(3),

    CONSTRAINT "coupon_use_pkey" PRIMARY KEY ("checkoutId")
);

-- CreateTable
CREATE TABLE "earning" (
    "orderId" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "earnedMinor" INTEGER NOT NULL,
    "pendingMinor" INTEGER NOT NULL,
    "releasedAt" TIMESTAMPTZ(3) NOT NULL,
    "matureAt" TIMESTAMPTZ(3) NOT NULL,
    "maturedAt" TIMESTAMPTZ(3),
    "heldAt" TIMESTAMPTZ(3),

    CONSTRAINT "earning_pkey" PRIMARY KEY ("orderId")
);

-- CreateTable
CREATE TABLE "payout_account" (
    "merchantId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "accountRef" TEXT NOT NULL,
    "ready" BOOLEAN NOT NULL,
    "missing" JSONB NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payout_account_pkey" PRIMARY KEY ("merchantId","provider")
);

-- CreateTable
CREATE TABLE "payout" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "accountRef" TEXT NOT NULL,
    "amountMinor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" "PayoutStatus" NOT NULL,
    "transferRef" TEXT,
    "requestedById" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "payout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_refund" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "amountMinor" INTEGER NOT NULL,
    "promoMinor" INTEGER NOT NULL,
    "feeMinor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "note" TEXT,
    "actorKind" "ActorKind" NOT NULL,
    "actorId" UUID,
    "fromEscrowMinor" INTEGER NOT NULL DEFAULT 0,
    "fromPendingMinor" INTEGER NOT NULL DEFAULT 0,
    "fromAvailableMinor" INTEGER NOT NULL DEFAULT 0,
    "fromDepositMinor" INTEGER NOT NULL DEFAULT 0,
    "fromFundMinor" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refund_unit" (
    "orderId" UUID NOT NULL,
    "cdkId" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "orderRefundId" UUID NOT NULL,

    CONSTRAINT "refund_unit_pkey" PRIMARY KEY ("orderId","cdkId")
);

-- CreateTable
CREATE TABLE "dispute" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "disputeRef" TEXT NOT NULL,
    "paymentId" UUID NOT NULL,
    "amountMinor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "DisputeState" NOT NULL,
    "evidence" JSONB NOT NULL,
    "evidenceDueAt" TIMESTAMPTZ(3),
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "submittedAt" TIMESTAMPTZ(3),
    "submittedById" UUID,
    "closedAt" TIMESTAMPTZ(3),
    "lastError" TEXT,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_line" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "movementRef" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sourceRef" TEXT NOT NULL,
    "providerRef" TEXT,
    "amountMinor" INTEGER NOT NULL,
    "feeMinor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "transactionId" UUID,
    "matchedAt" TIMESTAMPTZ(3),
    "explainedById" UUID,
    "explanation" TEXT,

    CONSTRAINT "provider_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation" (
    "provider" TEXT NOT NULL,
    "pulledTo" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "lines" INTEGER NOT NULL DEFAULT 0,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "open" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("provider")
);

-- CreateIndex
CREATE INDEX "operator_action_subjectId_idx" ON "operator_action"("subjectId");

-- CreateIndex
CREATE INDEX "operator_action_at_idx" ON "operator_action"("at");

-- CreateIndex
CREATE UNIQUE INDEX "bank_dispute_captureId_key" ON "bank_dispute"("captureId");

-- CreateIndex
CREATE UNIQUE INDEX "bank_account_idempotencyKey_key" ON "bank_account"("idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "bank_transfer_idempotencyKey_key" ON "bank_transfer"("idempotencyKey");

-- CreateIndex
CREATE INDEX "bank_transfer_accountId_idx" ON "bank_transfer"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "bank_movement_seq_key" ON "bank_movement"("seq");

-- CreateIndex
CREATE INDEX "bank_movement_paymentId_idx" ON "bank_movement"("paymentId");

-- CreateIndex
CREATE UNIQUE INDEX "bank_movement_kind_sourceId_key" ON "bank_movement"("kind", "sourceId");

-- CreateIndex
CREATE UNIQUE INDEX "cart_userId_key" ON "cart"("userId");

-- CreateIndex
CREATE INDEX "cart_updatedAt_idx" ON "cart"("updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_code_key" ON "coupon"("code");

-- CreateIndex
CREATE INDEX "coupon_merchantId_createdAt_idx" ON "coupon"("merchantId", "createdAt");

-- CreateIndex
CREATE INDEX "coupon_use_couponId_buyerKey_idx" ON "coupon_use"("couponId", "buyerKey");

-- CreateIndex
CREATE INDEX "earning_merchantId_releasedAt_idx" ON "earning"("merchantId", "releasedAt");

-- CreateIndex
CREATE UNIQUE INDEX "earning_merchantId_orderId_key" ON "earning"("merchantId", "orderId");

-- CreateIndex
CREATE UNIQUE INDEX "payout_account_provider_accountRef_key" ON "payout_account"("provider", "accountRef");

-- CreateIndex
CREATE INDEX "payout_merchantId_createdAt_idx" ON "payout"("merchantId", "createdAt");

-- CreateIndex
CREATE INDEX "payout_createdAt_idx" ON "payout"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "payout_provider_transferRef_key" ON "payout"("provider", "transferRef");

-- CreateIndex
CREATE INDEX "order_refund_orderId_idx" ON "order_refund"("orderId");

-- CreateIndex
CREATE INDEX "order_refund_merchantId_createdAt_idx" ON "order_refund"("merchantId", "createdAt");

-- CreateIndex
CREATE INDEX "refund_unit_orderRefundId_idx" ON "refund_unit"("orderRefundId");

-- CreateIndex
CREATE INDEX "dispute_paymentId_idx" ON "dispute"("paymentId");

-- CreateIndex
CREATE INDEX "dispute_state_openedAt_idx" ON "dispute"("state", "openedAt");

-- CreateIndex
CREATE UNIQUE INDEX "dispute_provider_disputeRef_key" ON "dispute"("provider", "disputeRef");

-- CreateIndex
CREATE INDEX "provider_line_provider_at_idx" ON "provider_line"("provider", "at");

-- CreateIndex
CREATE UNIQUE INDEX "provider_line_provider_movementRef_key" ON "provider_line"("provider", "movementRef");

-- CreateIndex
CREATE UNIQUE INDEX "provider_line_provider_transactionId_key" ON "provider_line"("provider", "transactionId");

-- CreateIndex
CREATE INDEX "bank_callback_accountId_idx" ON "bank_callback"("accountId");

-- CreateIndex
CREATE INDEX "ledger_transfer_externalRef_idx" ON "ledger_transfer"("externalRef");

-- CreateIndex
CREATE INDEX "refund_paymentId_idx" ON "refund"("paymentId");

-- CreateIndex
CREATE INDEX "refund_orderRefundId_idx" ON "refund"("orderRefundId");

-- CreateIndex
CREATE INDEX "refund_providerRef_idx" ON "refund"("providerRef");

-- AddForeignKey
ALTER TABLE "bank_dispute" ADD CONSTRAINT "bank_dispute_captureId_fkey" FOREIGN KEY ("captureId") REFERENCES "bank_capture"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_transfer" ADD CONSTRAINT "bank_transfer_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "bank_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_movement" ADD CONSTRAINT "bank_movement_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "bank_payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_callback" ADD CONSTRAINT "bank_callback_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "bank_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cart" ADD CONSTRAINT "cart_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cart_item" ADD CONSTRAINT "cart_item_cartId_fkey" FOREIGN KEY ("cartId") REFERENCES "cart"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_merchantId_fkey" FOREIGN KEY ("merchantId") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon_use" ADD CONSTRAINT "coupon_use_checkoutId_fkey" FOREIGN KEY ("checkoutId") REFERENCES "checkout"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon_use" ADD CONSTRAINT "coupon_use_couponId_fkey" FOREIGN KEY ("couponId") REFERENCES "coupon"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "earning" ADD CONSTRAINT "earning_merchantId_fkey" FOREIGN KEY ("merchantId") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "earning" ADD CONSTRAINT "earning_merchantId_orderId_fkey" FOREIGN KEY ("merchantId", "orderId") REFERENCES "order"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payout_account" ADD CONSTRAINT "payout_account_merchantId_fkey" FOREIGN KEY ("merchantId") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payout" ADD CONSTRAINT "payout_merchantId_fkey" FOREIGN KEY ("merchantId") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_checkoutId_fkey" FOREIGN KEY ("checkoutId") REFERENCES "checkout"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_refund" ADD CONSTRAINT "order_refund_merchantId_orderId_fkey" FOREIGN KEY ("merchantId", "orderId") REFERENCES "order"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_unit" ADD CONSTRAINT "refund_unit_orderRefundId_fkey" FOREIGN KEY ("orderRefundId") REFERENCES "order_refund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_unit" ADD CONSTRAINT "refund_unit_merchantId_cdkId_fkey" FOREIGN KEY ("merchantId", "cdkId") REFERENCES "cdk"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_walletUserId_fkey" FOREIGN KEY ("walletUserId") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_orderRefundId_fkey" FOREIGN KEY ("orderRefundId") REFERENCES "order_refund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_paymentId_currency_fkey" FOREIGN KEY ("paymentId", "currency") REFERENCES "payment"("id", "currency") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "refund" ALTER COLUMN "method" DROP DEFAULT;

-- What Prisma's schema cannot say. Values that this migration adds to an enum cannot be named in it yet: compared as text.

-- Money.
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_wallet_sound"
  CHECK ("walletMinor" BETWEEN 0 AND "totalMinor" AND ("walletMinor" = 0 OR "buyerId" IS NOT NULL)
    AND ("purpose" = 'ORDERS' OR ("walletMinor" = 0 AND "buyerId" IS NOT NULL)));
ALTER TABLE "order" DROP CONSTRAINT "order_total_sound";
ALTER TABLE "order" ADD CONSTRAINT "order_total_sound" CHECK (
  "quantity" > 0 AND "unitPriceMinor" > 0 AND "discountMinor" >= 0 AND "promoMinor" BETWEEN 0 AND "discountMinor"
  AND "totalMinor" > 0 AND "totalMinor"::bigint = "unitPriceMinor"::bigint * "quantity" - "discountMinor"
  AND "feeMinor" BETWEEN 0 AND "totalMinor" + "promoMinor" AND "walletMinor" BETWEEN 0 AND "totalMinor"
  AND "refundedMinor" BETWEEN 0 AND "totalMinor" AND "refundedUnits" BETWEEN 0 AND "quantity");
ALTER TABLE "payment" ADD CONSTRAINT "payment_refunded_sound" CHECK ("refundedMinor" BETWEEN 0 AND "amountMinor");
ALTER TABLE "payment" ADD CONSTRAINT "payment_has_checkout" CHECK (("use"::text = 'UNKNOWN') = ("checkoutId" IS NULL));
ALTER TABLE "order_refund" ADD CONSTRAINT "order_refund_borne" CHECK (
  "amountMinor" > 0 AND "promoMinor" >= 0 AND "feeMinor" >= 0 AND "fromEscrowMinor" >= 0 AND "fromPendingMinor" >= 0
  AND "fromAvailableMinor" >= 0 AND "fromDepositMinor" >= 0 AND "fromFundMinor" >= 0
  AND "amountMinor" + "promoMinor" - "feeMinor" =
    "fromEscrowMinor" + "fromPendingMinor" + "fromAvailableMinor" + "fromDepositMinor" + "fromFundMinor");
ALTER TABLE "refund" ADD CONSTRAINT "refund_by_method" CHECK (
  ("method" = 'PROVIDER' AND "paymentId" IS NOT NULL AND "walletUserId" IS NULL)
  OR ("method" = 'WALLET' AND "walletUserId" IS NOT NULL));
ALTER TABLE "refund" ADD CONSTRAINT "refund_decision_has_order" CHECK ("orderRefundId" IS NULL OR "orderId" IS NOT NULL);
ALTER TABLE "ledger_balance" DROP CONSTRAINT "ledger_balance_not_negative";
ALTER TABLE "ledger_balance" ADD CONSTRAINT "ledger_balance_not_negative" CHECK (
  "debitsMinor" >= 0 AND "creditsMinor" >= 0
  AND (CASE "rule" WHEN 'CREDIT' THEN "creditsMinor" >= "debitsMinor" ELSE "debitsMinor" >= "creditsMinor" END));
ALTER TABLE "earning" ADD CONSTRAINT "earning_sound" CHECK (
  "earnedMinor" >= 0 AND "pendingMinor" BETWEEN 0 AND "earnedMinor"
  AND ("maturedAt" IS NULL OR ("pendingMinor" = 0 AND "heldAt" IS NULL)));
ALTER TABLE "payout" ADD CONSTRAINT "payout_sound" CHECK (
  "amountMinor" > 0 AND ("status" IN ('PENDING', 'SENT')) = ("dueAt" IS NOT NULL) AND ("status" IN ('PAID', 'FAILED')) = ("settledAt" IS NOT NULL)
  AND ("status" NOT IN ('SENT', 'PAID') OR "transferRef" IS NOT NULL));
ALTER TABLE "merchant" ADD CONSTRAINT "merchant_schedule_has_time" CHECK (("payoutSchedule" = 'MANUAL') = ("nextPayoutAt" IS NULL));
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_sound" CHECK (
  "amountMinor" > 0 AND ("state" IN ('WON', 'LOST')) = ("closedAt" IS NOT NULL) AND ("state" IN ('WON', 'LOST')) = ("dueAt" IS NULL)
  AND ("state" <> 'UNDER_REVIEW' OR "submittedAt" IS NOT NULL));
ALTER TABLE "provider_line" ADD CONSTRAINT "provider_line_sound" CHECK (
  "feeMinor" >= 0 AND ("transactionId" IS NULL) = ("matchedAt" IS NULL) AND ("explainedById" IS NULL) = ("explanation" IS NULL));
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_sound" CHECK (
  "code" = upper("code") AND "minimumMinor" >= 0 AND "usedCount" >= 0 AND ("mostMinor" IS NULL OR "mostMinor" > 0)
  AND ("perBuyerLimit" IS NULL OR "perBuyerLimit" > 0) AND ("endsAt" IS NULL OR "endsAt" > "startsAt")
  AND CASE "kind" WHEN 'PERCENT' THEN "percentBps" IS NOT NULL AND "percentBps" BETWEEN 1 AND 10000 AND "amountMinor" IS NULL
                  ELSE "amountMinor" IS NOT NULL AND "amountMinor" > 0 AND "percentBps" IS NULL AND "mostMinor" IS NULL END);
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_within_limit" CHECK ("totalLimit" IS NULL OR "usedCount" <= "totalLimit");
ALTER TABLE "coupon_use" ADD CONSTRAINT "coupon_use_sound" CHECK ("discountMinor" > 0);
ALTER TABLE "cart_item" ADD CONSTRAINT "cart_item_quantity" CHECK ("quantity" BETWEEN 1 AND 1000);

-- States.
ALTER TABLE "order" DROP CONSTRAINT "order_due_while_open";
ALTER TABLE "order" ADD CONSTRAINT "order_due_while_open" CHECK (
  CASE "status" WHEN 'AWAITING_PAYMENT' THEN "dueAt" IS NOT NULL
                WHEN 'DELIVERED' THEN ("dueAt" IS NOT NULL) = ("frozenAt" IS NULL)
                ELSE "dueAt" IS NULL END);
ALTER TABLE "order" ADD CONSTRAINT "order_frozen_sound" CHECK (
  ("frozenAt" IS NULL OR "status" IN ('DELIVERED', 'CONFIRMED', 'REFUNDED'))
  AND ("pausedSeconds" IS NOT NULL) = ("status" = 'DELIVERED' AND "frozenAt" IS NOT NULL));
ALTER TABLE "refund" DROP CONSTRAINT "refund_pending_is_due";
ALTER TABLE "refund" ADD CONSTRAINT "refund_pending_is_due" CHECK (("status"::text IN ('PENDING', 'SENT')) = ("dueAt" IS NOT NULL));
ALTER TABLE "payment_event" ADD CONSTRAINT "payment_event_due" CHECK (("verdict" = 'RECEIVED') = ("dueAt" IS NOT NULL)) NOT VALID;

-- The queues.
CREATE INDEX "earning_mature_idx" ON "earning" ("matureAt") WHERE "maturedAt" IS NULL AND "heldAt" IS NULL;
CREATE INDEX "earning_unmatured_idx" ON "earning" ("merchantId", "matureAt", "orderId") WHERE "maturedAt" IS NULL;
CREATE INDEX "payout_due_idx" ON "payout" ("dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "dispute_due_idx" ON "dispute" ("dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "payment_event_due_idx" ON "payment_event" ("dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "merchant_payout_idx" ON "merchant" ("nextPayoutAt") WHERE "nextPayoutAt" IS NOT NULL;
CREATE INDEX "provider_line_open_idx" ON "provider_line" ("provider", "at") WHERE "transactionId" IS NULL AND "explanation" IS NULL;

-- What stood here before this migration.
-- Callbacks that somebody was killed over: believed ones are taken up by the worker, which reads what they are about from here.
UPDATE "payment_event" SET "dueAt" = "receivedAt", "subject" = jsonb_build_object('kind', 'payment',
    'providerRef', "body"::jsonb->'data'->>'paymentId', 'reference', "body"::jsonb->'data'->>'reference')
  WHERE "verdict" = 'RECEIVED' AND "eventRef" IS NOT NULL;
UPDATE "payment_event" SET "verdict" = 'REJECTED', "reason" = 'forged', "handledAt" = "receivedAt" WHERE "verdict" = 'RECEIVED' AND "eventRef" IS NULL;
ALTER TABLE "payment_event" VALIDATE CONSTRAINT "payment_event_due";
UPDATE "order" SET "refundedMinor" = "totalMinor", "refundedUnits" = "quantity" WHERE "status" = 'REFUNDED';
ALTER TABLE "order" ADD CONSTRAINT "order_refunded_in_full" CHECK (("status" = 'REFUNDED') = ("refundedMinor" = "totalMinor"));
UPDATE "payment" p SET "refundedMinor" = r.amount FROM (SELECT "paymentId", sum("amountMinor") AS amount FROM "refund" GROUP BY 1) r
  WHERE r."paymentId" = p."id";
INSERT INTO "order_refund" ("id", "merchantId", "orderId", "amountMinor", "promoMinor", "feeMinor", "currency", "reason", "actorKind", "fromEscrowMinor", "createdAt")
  SELECT r."id", r."merchantId", r."orderId", r."amountMinor", 0, 0, r."currency", r."reason", 'SYSTEM', r."amountMinor", r."createdAt"
  FROM "refund" r JOIN "payment" p ON p."id" = r."paymentId" WHERE p."use" = 'APPLIED';
UPDATE "refund" r SET "orderRefundId" = r."id" FROM "payment" p WHERE p."id" = r."paymentId" AND p."use" = 'APPLIED';
INSERT INTO "earning" ("orderId", "merchantId", "currency", "earnedMinor", "pendingMinor", "releasedAt", "matureAt")
  SELECT "id", "merchantId", "currency", "totalMinor" - "feeMinor", "totalMinor" - "feeMinor", "closedAt", "closedAt" + interval '14 days'
  FROM "order" WHERE "status" = 'CONFIRMED';
GRANT UPDATE ON "ledger_transfer" TO CURRENT_USER;
UPDATE "ledger_transfer" t SET "externalRef" = p."provider" || ':capture:' || p."captureRef"
  FROM "order" o JOIN "checkout" c ON c."id" = o."checkoutId" JOIN "payment" p ON p."id" = c."paidPaymentId"
  WHERE t."code" = 'pay' AND o."id" = t."orderId";
UPDATE "ledger_transfer" t SET "externalRef" = p."provider" || ':capture:' || p."captureRef"
  FROM "payment" p WHERE t."idempotencyKey" = 'payment:' || p."id" || ':stray';
UPDATE "ledger_transfer" t SET "externalRef" = p."provider" || ':refund:' || r."providerRef"
  FROM "refund" r JOIN "payment" p ON p."id" = r."paymentId" WHERE t."idempotencyKey" = 'refund:' || r."id" || ':settled';
UPDATE "ledger_transfer" SET "externalRef" = 'bank-transfer:' || "idempotencyKey" WHERE "code" = 'deposit';

-- Decisions about money are only ever added to.
REVOKE UPDATE, DELETE, TRUNCATE ON "ledger_transfer", "refund_unit", "operator_action" FROM CURRENT_USER;
-- A table that foreign keys point to must let its rows be locked, which takes the right to UPDATE: a trigger refuses instead.
REVOKE DELETE, TRUNCATE ON "order_refund" FROM CURRENT_USER;
CREATE FUNCTION "refuse_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'permission denied for table %: rows are only ever added', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER "order_refund_append_only" BEFORE UPDATE ON "order_refund" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_update"();

-- The sandbox bank's books: refunds that may fail, disputes, accounts, transfers, and the list of everything that moved.
ALTER TABLE "bank_capture" DROP CONSTRAINT "bank_capture_sound";
ALTER TABLE "bank_capture" ADD CONSTRAINT "bank_capture_sound"
  CHECK ("amountMinor" > 0 AND "seq" IN (1, 2) AND "refundedMinor" >= 0 AND "disputedMinor" >= 0
    AND "refundedMinor" + "disputedMinor" <= "amountMinor");
ALTER TABLE "bank_refund" ADD CONSTRAINT "bank_refund_state_sound"
  CHECK ("status" IN ('pending', 'succeeded', 'failed') AND ("status" = 'pending') = ("dueAt" IS NOT NULL)
    AND ("status" <> 'failed' OR "failure" IS NOT NULL) AND ("status" <> 'succeeded' OR "failure" IS NULL));
CREATE INDEX "bank_refund_due_idx" ON "bank_refund" ("dueAt") WHERE "dueAt" IS NOT NULL;
ALTER TABLE "bank_dispute" ADD CONSTRAINT "bank_dispute_sound"
  CHECK ("amountMinor" > 0 AND "status" IN ('needs-response', 'under-review', 'won', 'lost')
    AND ("status" IN ('won', 'lost')) = ("closedAt" IS NOT NULL)
    AND ("status" <> 'needs-response' OR "evidence" IS NULL) AND ("status" <> 'under-review' OR "evidence" IS NOT NULL));
CREATE INDEX "bank_dispute_due_idx" ON "bank_dispute" ("evidenceDueAt") WHERE "status" = 'needs-response';
ALTER TABLE "bank_transfer" ADD CONSTRAINT "bank_transfer_sound"
  CHECK ("amountMinor" > 0 AND "status" IN ('succeeded', 'failed') AND ("status" = 'failed') = ("failure" IS NOT NULL)
    AND ("returnedAt" IS NULL OR "status" = 'failed'));
ALTER TABLE "bank_movement" ADD CONSTRAINT "bank_movement_sound"
  CHECK (("kind" IN ('capture', 'refund-failed', 'transfer-returned', 'dispute-won') AND "amountMinor" > 0)
    OR ("kind" IN ('refund', 'transfer', 'dispute') AND "amountMinor" < 0)
    OR ("kind" = 'other' AND "amountMinor" <> 0 AND "sourceId" = "id"));
ALTER TABLE "bank_movement" ADD CONSTRAINT "bank_movement_capture_has_payment"
  CHECK (("kind" = 'capture') = ("paymentId" IS NOT NULL));
ALTER TABLE "bank_callback" ADD CONSTRAINT "bank_callback_one_page" CHECK (num_nonnulls("paymentId", "accountId") <= 1);

-- Refunds are asked for under a key with their attempt now. One whose answer was lost is asked for again, and must meet what was made.
UPDATE "bank_refund" SET "idempotencyKey" = "idempotencyKey" || ':0' WHERE "idempotencyKey" LIKE 'refund:%';

-- What moved before there was a list of it.
INSERT INTO "bank_movement" ("id", "kind", "sourceId", "paymentId", "amountMinor", "currency", "at")
SELECT gen_random_uuid(), "kind", "sourceId", "paymentId", "amountMinor", "currency", "at" FROM (
  SELECT 'capture' AS "kind", "id" AS "sourceId", "paymentId", "amountMinor", "currency", "capturedAt" AS "at" FROM "bank_capture"
  UNION ALL
  SELECT 'refund', r."id", NULL, -r."amountMinor", c."currency", r."createdAt"
  FROM "bank_refund" r JOIN "bank_capture" c ON c."id" = r."captureId"
) AS "moved" ORDER BY "at", "sourceId";
