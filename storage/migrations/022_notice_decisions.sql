-- Why a second person declined a notice, in their words: told to its author.
ALTER TABLE notices ADD COLUMN declined_why TEXT;
-- 1: paused by the bot itself, because Telegram does not take the message.
ALTER TABLE notices ADD COLUMN halted INTEGER NOT NULL DEFAULT 0;
-- 1: its time came and its author was no longer entitled to send it; whoever approves it takes it over.
ALTER TABLE notices ADD COLUMN orphaned INTEGER NOT NULL DEFAULT 0;
