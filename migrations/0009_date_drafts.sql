-- Requests for a new date that were read back to whoever wrote them and wait for their word. They are
-- no part of the ledger: nobody else has seen them.

CREATE TABLE date_drafts (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- The words for the date.
    words TEXT NOT NULL CHECK (words <> ''),
    -- The first day of the window that was read back.
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    -- Its last day.
    to_on TEXT NOT NULL CHECK (to_on IS date(to_on)),
    -- Why, exactly as it was said.
    reason TEXT NOT NULL CHECK (reason <> ''),
    -- Who wrote it.
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- The chat's number for the asking, so that one delivered twice is one draft.
    request_id INTEGER NOT NULL UNIQUE,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- What became of it.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'asked', 'cancelled')),
    -- When it was asked or cancelled; NULL while it waits.
    settled_at INTEGER,
    CHECK (from_on <= to_on),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
) STRICT;

-- What refers to an action or a person: SQLite looks there when one is removed.
CREATE INDEX date_drafts_by_action ON date_drafts (action_id);
CREATE INDEX date_drafts_by_person ON date_drafts (person_id);
