-- Meetings in the chat's own calendar, where that is wanted: an outbox of its own.

-- What the chat's calendar is to show of each meeting, and how far that has come. It is no part of the
-- ledger: what is set about meetings is.
CREATE TABLE events (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The body whose meeting it is.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The day that the meeting was first set for.
    first_on TEXT NOT NULL CHECK (first_on IS date(first_on)),
    -- What is to stand there, as JSON: name, what it says, place, beginning, end; NULL where it is to
    -- be taken away.
    wanted TEXT CHECK (json_valid(wanted)),
    -- When the meeting begins by what was last wanted to stand there.
    begins_at INTEGER NOT NULL,
    -- What was last put there, or begun to be, as JSON; NULL where nothing of it stands there.
    tried TEXT CHECK (json_valid(tried)),
    -- The chat's number for it; NULL where it is not known to stand there.
    receipt INTEGER,
    -- How far it has come.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'made', 'removed', 'given up')),
    -- How often it has failed since it came to be wanted so.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Why it last failed, or was given up; empty where it has not failed.
    why TEXT NOT NULL DEFAULT '',
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- When it was made, removed or given up; NULL while it is owed.
    settled_at INTEGER,
    UNIQUE (body_id, first_on),
    CHECK ((state = 'waiting') = (settled_at IS NULL)),
    CHECK (receipt IS NULL OR tried IS NOT NULL)
) STRICT;

-- What is still owed; what has failed more often comes later, so that it holds up nothing else.
CREATE INDEX events_owed ON events (attempts, id) WHERE settled_at IS NULL;
CREATE INDEX events_by_beginning ON events (begins_at);
