-- What people are asked back before it is done, and what was shared with a channel a moment ago.

-- Actions that somebody wants to add, as they were said. One whose date or lead leaves a doubt waits
-- here until it is confirmed; the ledger knows nothing of it before.
CREATE TABLE drafts (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The area it would belong to.
    area_id INTEGER NOT NULL REFERENCES areas (id),
    -- What would be promised, in a line.
    title TEXT NOT NULL CHECK (title <> ''),
    -- The words for who would answer for it, as they were said.
    lead TEXT NOT NULL CHECK (lead <> ''),
    -- The words for when it would be due, as they were said.
    target TEXT NOT NULL CHECK (target <> ''),
    -- Who wants to add it.
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- The chat's number for the asking, so that one delivered twice is one.
    request_id INTEGER NOT NULL UNIQUE,
    -- The day on which it was said, from which words such as 'within 6 months' count.
    drafted_on TEXT NOT NULL CHECK (drafted_on IS date(drafted_on)),
    -- How far it has come.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'added', 'cancelled')),
    -- The action that it became; NULL for one that was not added.
    action_id INTEGER REFERENCES actions (id),
    -- When it was added or cancelled; NULL while it waits.
    settled_at INTEGER,
    CHECK ((state = 'added') = (action_id IS NOT NULL)),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
) STRICT;

-- What refers to an action: SQLite looks there when one is removed.
CREATE INDEX drafts_by_action ON drafts (action_id);

-- What was shared with everybody in a channel lately, so that two presses of a button say it once.
-- What is older than that is forgotten.
CREATE TABLE shares (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The chat's number for the channel.
    channel_id INTEGER NOT NULL,
    -- What was shared, as JSON.
    card TEXT NOT NULL CHECK (json_valid(card)),
    -- When.
    shared_at INTEGER NOT NULL
) STRICT;

CREATE INDEX shares_by_moment ON shares (shared_at);
CREATE INDEX shares_by_channel ON shares (channel_id);
