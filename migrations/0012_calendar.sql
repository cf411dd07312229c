-- Meetings that are added, moved or cancelled one by one, and days that are closed or opened again.

-- What was set about single meetings: the last entry about the meeting of a body that was first set for
-- a day says all about it. Part of the ledger.
CREATE TABLE meeting_changes (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The body whose meeting it is.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- What it is called: the title of its series, or the body's name where that has none.
    title TEXT NOT NULL CHECK (title <> ''),
    -- The day that it was first set for, by its rule or when it was added.
    first_on TEXT NOT NULL CHECK (first_on IS date(first_on)),
    -- The day it is on from then on; NULL where it is cancelled.
    becomes_on TEXT CHECK (becomes_on IS date(becomes_on)),
    -- The time it begins, where the partnership is; NULL where it is cancelled.
    time TEXT CHECK (time IS strftime('%H:%M', time)),
    -- The day its papers are due; NULL where that is counted.
    papers_on TEXT CHECK (papers_on IS date(papers_on)),
    -- How many working days before it its papers are due; NULL where a day was set, or where they are
    -- due as for any meeting of its series.
    papers_days INTEGER CHECK (papers_days BETWEEN 0 AND 60),
    -- Why, exactly as it was said; empty where nobody said.
    reason TEXT NOT NULL,
    -- Since when it counts.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who set it.
    person_id INTEGER NOT NULL REFERENCES people (id),
    CHECK ((becomes_on IS NULL) = (time IS NULL)),
    CHECK (becomes_on IS NOT NULL OR (papers_on IS NULL AND papers_days IS NULL)),
    CHECK (papers_on IS NULL OR papers_days IS NULL)
) STRICT;

CREATE INDEX meeting_changes_by_meeting ON meeting_changes (body_id, first_on);

CREATE TRIGGER meeting_changes_are_not_changed BEFORE UPDATE ON meeting_changes
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER meeting_changes_are_not_removed BEFORE DELETE ON meeting_changes
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER meeting_changes_are_not_replaced BEFORE INSERT ON meeting_changes
WHEN EXISTS (SELECT 1 FROM meeting_changes WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER meeting_changes_are_chained AFTER INSERT ON meeting_changes
BEGIN
    INSERT INTO chain (kind, number) VALUES ('meeting', NEW.id);
END;

-- Changes of meetings that were shown to whoever wants them and wait for their word. They are no part of
-- the ledger: nobody else has seen them.
CREATE TABLE meeting_drafts (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The body whose meeting it is.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The day that the meeting was first set for; NULL for one that is to be added.
    first_on TEXT CHECK (first_on IS date(first_on)),
    -- The day it would be on; NULL where it would be cancelled.
    becomes_on TEXT CHECK (becomes_on IS date(becomes_on)),
    -- The time it would begin, where the partnership is; NULL where it would be cancelled.
    time TEXT CHECK (time IS strftime('%H:%M', time)),
    -- The day its papers would be due; NULL where that is counted.
    papers_on TEXT CHECK (papers_on IS date(papers_on)),
    -- How many working days before it its papers would be due; NULL where a day was given, or nothing.
    papers_days INTEGER CHECK (papers_days BETWEEN 0 AND 60),
    -- Why, exactly as it was said; empty where nobody said.
    reason TEXT NOT NULL,
    -- How often the meeting had been changed when this was shown.
    changes_before INTEGER NOT NULL CHECK (changes_before >= 0),
    -- Who wants it.
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- The chat's number for the asking, so that one delivered twice is one.
    request_id INTEGER NOT NULL UNIQUE,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- What became of it.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'made', 'put aside')),
    -- When it was made or put aside; NULL while it waits.
    settled_at INTEGER,
    CHECK ((becomes_on IS NULL) = (time IS NULL)),
    CHECK (first_on IS NOT NULL OR becomes_on IS NOT NULL),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
) STRICT;

CREATE INDEX meeting_drafts_by_body ON meeting_drafts (body_id);
CREATE INDEX meeting_drafts_by_person ON meeting_drafts (person_id);

-- Where something stood on the agenda of a meeting first; NULL unless it went along with a meeting that
-- was moved, or on to the next one.
ALTER TABLE agenda_items ADD COLUMN carried_from INTEGER REFERENCES agenda_items (id);

CREATE INDEX agenda_items_by_origin ON agenda_items (carried_from) WHERE carried_from IS NOT NULL;

-- Days on which nobody works, or somebody does after all: each time that was set, after what the
-- partnership began with in 'closures'. The last entry about a day counts. Part of the ledger.
CREATE TABLE closings (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The day.
    day TEXT NOT NULL CHECK (day IS date(day)),
    -- Why, as in "Staff training day"; empty where nobody said.
    name TEXT NOT NULL,
    -- Whether nobody works that day from then on, or somebody does.
    closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
    -- Since when.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who set it.
    person_id INTEGER NOT NULL REFERENCES people (id)
) STRICT;

CREATE INDEX closings_by_day ON closings (day);

CREATE TRIGGER closings_are_not_changed BEFORE UPDATE ON closings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER closings_are_not_removed BEFORE DELETE ON closings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER closings_are_not_replaced BEFORE INSERT ON closings
WHEN EXISTS (SELECT 1 FROM closings WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER closings_are_chained AFTER INSERT ON closings
BEGIN
    INSERT INTO chain (kind, number) VALUES ('closure', NEW.id);
END;
