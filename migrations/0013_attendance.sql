-- What is recorded of meetings: who was there, and what they made of what they had before them.
--
-- A meeting goes by the body and the day that it was first set for, wherever it is moved.

-- Who was at meetings, by agency: the last entry about a meeting and an agency counts. Part of the
-- ledger.
CREATE TABLE attendances (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- Whose meeting it was.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The day that the meeting was first set for.
    meeting_on TEXT NOT NULL CHECK (meeting_on IS date(meeting_on)),
    -- The agency.
    agency_id INTEGER NOT NULL REFERENCES bodies (id),
    -- Whether it was there itself, sent a substitute or apologies, or is no longer said to have done
    -- any of these.
    presence TEXT NOT NULL CHECK (presence IN ('present', 'substitute', 'apologies', 'no word')),
    -- Who was there for it, or sent apologies, as written; empty where nobody said.
    name TEXT NOT NULL,
    -- Since when it counts.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who recorded it.
    person_id INTEGER NOT NULL REFERENCES people (id)
) STRICT;

CREATE INDEX attendances_by_meeting ON attendances (body_id, meeting_on, agency_id);
CREATE INDEX attendances_by_agency ON attendances (agency_id);

CREATE TRIGGER attendances_are_not_changed BEFORE UPDATE ON attendances
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER attendances_are_not_removed BEFORE DELETE ON attendances
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER attendances_are_not_replaced BEFORE INSERT ON attendances
WHEN EXISTS (SELECT 1 FROM attendances WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER attendances_are_chained AFTER INSERT ON attendances
BEGIN
    INSERT INTO chain (kind, number) VALUES ('attendance', NEW.id);
END;

-- How the record of a meeting was made, step by step, so that it can be left and taken up again. Part
-- of the ledger.
CREATE TABLE meeting_records (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- Whose meeting it was.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The day that the meeting was first set for.
    meeting_on TEXT NOT NULL CHECK (meeting_on IS date(meeting_on)),
    -- That somebody began; that something asked of it was decided or left open; that something brought
    -- to it was agreed, noted or left open; that an action was added; or that all of it is recorded.
    kind TEXT NOT NULL CHECK (
        kind IN ('begun', 'decided', 'left open', 'agreed', 'noted', 'added', 'finished')
    ),
    -- The action; NULL for the beginning and the end.
    action_id INTEGER REFERENCES actions (id),
    -- The decision that was recorded; NULL for all other steps.
    decision_id INTEGER REFERENCES decisions (id),
    -- The request for a new date that was left open; NULL for all other steps.
    extension_id INTEGER REFERENCES extensions (id),
    -- What was brought to it, where that is what the step is about; NULL for all other steps.
    item_id INTEGER REFERENCES agenda_items (id),
    -- Where its minutes are, for the beginning; what was agreed about what was brought; else empty.
    words TEXT NOT NULL,
    -- Since when it counts.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who recorded it.
    person_id INTEGER NOT NULL REFERENCES people (id),
    CHECK ((kind IN ('begun', 'finished')) = (action_id IS NULL)),
    CHECK ((kind = 'decided') = (decision_id IS NOT NULL)),
    CHECK (extension_id IS NULL OR kind = 'left open'),
    CHECK (item_id IS NULL OR kind IN ('left open', 'agreed', 'noted')),
    CHECK (item_id IS NOT NULL OR kind NOT IN ('agreed', 'noted'))
) STRICT;

CREATE INDEX meeting_records_by_meeting ON meeting_records (body_id, meeting_on);
CREATE INDEX meeting_records_by_action ON meeting_records (action_id);
CREATE INDEX meeting_records_by_decision ON meeting_records (decision_id);
CREATE INDEX meeting_records_by_extension ON meeting_records (extension_id);
CREATE INDEX meeting_records_by_item ON meeting_records (item_id);

CREATE TRIGGER meeting_records_are_not_changed BEFORE UPDATE ON meeting_records
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER meeting_records_are_not_removed BEFORE DELETE ON meeting_records
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER meeting_records_are_not_replaced BEFORE INSERT ON meeting_records
WHEN EXISTS (SELECT 1 FROM meeting_records WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER meeting_records_are_chained AFTER INSERT ON meeting_records
BEGIN
    INSERT INTO chain (kind, number) VALUES ('proceeding', NEW.id);
END;

-- What cites a meeting, to be found by it.
CREATE INDEX decisions_by_meeting ON decisions (body_id, meeting_on);

-- Who was at a meeting as it was written down, while something in it is asked back. The ledger knows
-- nothing of it before.
CREATE TABLE attendance_drafts (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- Whose meeting it was.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The day that the meeting was first set for.
    meeting_on TEXT NOT NULL CHECK (meeting_on IS date(meeting_on)),
    -- The agencies that were there themselves, as written, one a line.
    present TEXT NOT NULL,
    -- Those that sent a substitute.
    substitutes TEXT NOT NULL,
    -- Those that sent apologies.
    apologies TEXT NOT NULL,
    -- Where the minutes are, as written; empty where nobody said.
    minutes TEXT NOT NULL,
    -- Who wrote it.
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- The chat's number for the asking, so that one delivered twice is one.
    request_id INTEGER NOT NULL UNIQUE,
    -- When.
    drafted_at INTEGER NOT NULL
) STRICT;

-- The meeting that a new action came from, while the action waits to be confirmed.
CREATE TABLE agreed_drafts (
    -- The draft of the action.
    draft_id INTEGER PRIMARY KEY NOT NULL REFERENCES drafts (id),
    -- Whose meeting it was.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The day that the meeting was first set for.
    meeting_on TEXT NOT NULL CHECK (meeting_on IS date(meeting_on))
) STRICT;
