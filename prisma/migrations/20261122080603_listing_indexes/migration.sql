-- DropIndex
DROP INDEX "ledger_transfer_creditId_idx";

-- DropIndex
DROP INDEX "ledger_transfer_debitId_idx";

-- CreateIndex
CREATE INDEX "ledger_transfer_debitId_at_idx" ON "ledger_transfer"("debitId", "at");

-- CreateIndex
CREATE INDEX "ledger_transfer_creditId_at_idx" ON "ledger_transfer"("creditId", "at");

-- CreateIndex
CREATE INDEX "payment_capturedAt_idx" ON "payment"("capturedAt");

-- CreateIndex
CREATE INDEX "payment_event_receivedAt_idx" ON "payment_event"("receivedAt");

-- CreateIndex
CREATE INDEX "payment_event_checkoutId_idx" ON "payment_event"("checkoutId");

-- CreateIndex
CREATE INDEX "refund_createdAt_idx" ON "refund"("createdAt");
