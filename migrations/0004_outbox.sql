-- What Convener owes the chat, the copies of the digests it issued, and how far time has come.

-- Things to say in a channel: a row first, a message second.
CREATE TABLE posts (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- What makes it the same post when it is written or sent again: routine, moment, recipient.
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    -- The chat's number for the channel to say it in.
    channel_id INTEGER NOT NULL,
    -- What to say, as JSON.
    card TEXT NOT NULL CHECK (json_valid(card)),
    -- When it is due; not said before.
    due_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- How far it has come.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'given up')),
    -- When somebody first began to send it; NULL while nobody has.
    sending_since INTEGER,
    -- How often sending it has failed.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Why it last failed, or was given up; empty while it has not failed.
    why TEXT NOT NULL DEFAULT '',
    -- The chat's number for the message it became; NULL until it is sent.
    receipt INTEGER,
    -- When it was sent or given up; NULL while it is owed.
    settled_at INTEGER,
    CHECK ((state = 'sent') = (receipt IS NOT NULL)),
    CHECK ((state IN ('sent', 'given up')) = (settled_at IS NOT NULL)),
    CHECK (state <> 'sending' OR sending_since IS NOT NULL)
) STRICT;

-- What is still owed, oldest due first.
CREATE INDEX posts_owed ON posts (due_at) WHERE settled_at IS NULL;

-- The digests as they were issued: part of the ledger.
CREATE TABLE digests (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The body that reads it.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The papers deadline it was due at.
    due_at INTEGER NOT NULL,
    -- The moment whose position it tells.
    position_at INTEGER NOT NULL,
    -- What it said, as JSON.
    card TEXT NOT NULL CHECK (json_valid(card)),
    -- The figures that the next one is compared with, as JSON.
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    UNIQUE (body_id, due_at)
) STRICT;

CREATE TRIGGER digests_are_not_changed BEFORE UPDATE ON digests
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER digests_are_not_removed BEFORE DELETE ON digests
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER digests_are_not_replaced BEFORE INSERT ON digests
WHEN EXISTS (SELECT 1 FROM digests WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM digests WHERE body_id = NEW.body_id AND due_at = NEW.due_at)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- How far time has been answered: what fell due up to then stands in the outbox.
CREATE TABLE ticks (
    -- Always 1: there is one time.
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    -- The instant up to which, itself included, everything due has been written down.
    ticked_to INTEGER NOT NULL
) STRICT;
