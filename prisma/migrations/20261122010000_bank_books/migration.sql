-- The sandbox bank's books: what was refunded stands on the capture, and states are held by the database.
ALTER TABLE "bank_payment" DROP COLUMN "expiresAt", ADD COLUMN "paidAt" TIMESTAMPTZ(3);
DROP INDEX "bank_capture_paymentId_idx";
ALTER TABLE "bank_capture" ADD COLUMN "refundedMinor" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "seq" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "bank_capture" ALTER COLUMN "seq" DROP DEFAULT;
CREATE UNIQUE INDEX "bank_capture_paymentId_seq_key" ON "bank_capture"("paymentId", "seq");

ALTER TABLE "bank_payment" ADD CONSTRAINT "bank_payment_amount_positive" CHECK ("amountMinor" > 0);
ALTER TABLE "bank_payment" ADD CONSTRAINT "bank_payment_state_sound"
  CHECK ("status" IN ('OPEN', 'PAID') AND ("status" = 'PAID') = ("paidAt" IS NOT NULL));
ALTER TABLE "bank_capture" ADD CONSTRAINT "bank_capture_sound"
  CHECK ("amountMinor" > 0 AND "seq" IN (1, 2) AND "refundedMinor" BETWEEN 0 AND "amountMinor");
ALTER TABLE "bank_refund" ADD CONSTRAINT "bank_refund_amount_positive" CHECK ("amountMinor" > 0);
ALTER TABLE "bank_callback" ADD CONSTRAINT "bank_callback_sent_is_done" CHECK ("sentAt" IS NULL OR "dueAt" IS NULL);
