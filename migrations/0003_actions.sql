-- Promised work, and the ledger of what was said, set and decided about it.
--
-- The tables targets, updates and decisions are a ledger: rows are added and never changed, which
-- triggers hold. The triggers on insertion are there because INSERT OR REPLACE removes a row without
-- asking the triggers on removal, unless the connection says otherwise.

-- Promised pieces of work.
CREATE TABLE actions (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The area it belongs to.
    area_id INTEGER NOT NULL REFERENCES areas (id),
    -- Its number within the area, never given to another action.
    number INTEGER NOT NULL CHECK (number > 0),
    -- What is promised, in a line, as it reads now.
    title TEXT NOT NULL CHECK (title <> ''),
    -- What was promised, as first printed.
    title_printed TEXT NOT NULL,
    -- The status when it was first recorded, which holds until somebody says otherwise.
    status_printed TEXT NOT NULL CHECK (
        status_printed IN ('not started', 'on track', 'at risk', 'blocked', 'complete', 'on hold')
    ),
    UNIQUE (area_id, number)
) STRICT;

CREATE TRIGGER actions_keep_refs BEFORE DELETE ON actions
BEGIN
    SELECT RAISE(ABORT, 'a ref is never used again: withdraw the action instead');
END;

-- The themes of an action.
CREATE TABLE action_themes (
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- Its place among the action's themes, from 1.
    position INTEGER NOT NULL,
    -- The theme.
    theme_id INTEGER NOT NULL REFERENCES themes (id),
    PRIMARY KEY (action_id, position),
    UNIQUE (action_id, theme_id)
) STRICT, WITHOUT ROWID;

-- Who answers for an action, as the plan prints it.
CREATE TABLE leads (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- Its place among the action's leads, from 1; the first is accountable.
    position INTEGER NOT NULL,
    -- The plan's own words.
    printed TEXT NOT NULL,
    UNIQUE (action_id, position)
) STRICT;

-- The bodies that a lead is understood to mean; none where the words are not understood.
CREATE TABLE lead_bodies (
    -- The lead.
    lead_id INTEGER NOT NULL REFERENCES leads (id),
    -- Its place among the lead's bodies, from 1.
    position INTEGER NOT NULL,
    -- A body it means.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    PRIMARY KEY (lead_id, position),
    UNIQUE (lead_id, body_id)
) STRICT, WITHOUT ROWID;

-- When an action is due: each time it was set. The first is the first target for ever, the last is
-- the one that counts, and those in between are how often it moved.
CREATE TABLE targets (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- The words as the plan prints them; empty where it prints none.
    words TEXT NOT NULL,
    -- The first day of the window they mean; NULL where they mean none.
    from_on TEXT CHECK (from_on IS date(from_on)),
    -- The last day of the window, which is when the action is due; NULL where they mean none.
    to_on TEXT CHECK (to_on IS date(to_on)),
    -- Since when it has counted; for one taken over from print, the beginning of the plan's position.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    CHECK ((from_on IS NULL) = (to_on IS NULL)),
    CHECK (from_on IS NULL OR from_on <= to_on)
) STRICT;

CREATE INDEX targets_by_action ON targets (action_id, set_at);

CREATE TRIGGER targets_are_not_changed BEFORE UPDATE ON targets
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER targets_are_not_removed BEFORE DELETE ON targets
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER targets_are_not_replaced BEFORE INSERT ON targets
WHEN EXISTS (SELECT 1 FROM targets WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- What somebody said about an action.
CREATE TABLE updates (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- Who said it; NULL for words taken over from print.
    person_id INTEGER REFERENCES people (id),
    -- The body they spoke for; NULL for words taken over from print, and where an update is taken back.
    body_id INTEGER REFERENCES bodies (id),
    -- The lead on whose behalf they spoke, as printed; NULL where they spoke for their own body.
    on_behalf_of TEXT,
    -- The words, exactly; empty where an update is taken back.
    text TEXT NOT NULL,
    -- The status from then on.
    status TEXT NOT NULL CHECK (
        status IN ('not started', 'on track', 'at risk', 'blocked', 'complete', 'on hold')
    ),
    -- The day it tells of; NULL where that is the day it was said.
    happened_on TEXT CHECK (happened_on IS date(happened_on)),
    -- When it was said; for words taken over from print, the beginning of the plan's position.
    said_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- The chat's number for the asking, so that one delivered twice is one; NULL for words taken over
    -- from print.
    request_id INTEGER,
    -- The update that this one takes back; NULL for all others.
    undoes INTEGER REFERENCES updates (id),
    CHECK ((undoes IS NULL) = (text <> '')),
    CHECK (undoes IS NOT NULL OR (person_id IS NULL) = (body_id IS NULL))
) STRICT;

-- One asking is recorded once, and an update is taken back once. These leave out what is NULL, which
-- most rows are: an index that held it would be mistaken for a way to find what was not taken back.
CREATE UNIQUE INDEX updates_by_request ON updates (request_id) WHERE request_id IS NOT NULL;
CREATE UNIQUE INDEX updates_by_undone ON updates (undoes) WHERE undoes IS NOT NULL;
-- The last word on each action as of a moment, and its whole ledger.
CREATE INDEX updates_by_action ON updates (action_id, said_at);
-- What was said since a moment.
CREATE INDEX updates_by_moment ON updates (said_at) WHERE undoes IS NULL;

CREATE TRIGGER updates_are_not_changed BEFORE UPDATE ON updates
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER updates_are_not_removed BEFORE DELETE ON updates
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER updates_are_not_replaced BEFORE INSERT ON updates
WHEN EXISTS (SELECT 1 FROM updates WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM updates WHERE request_id = NEW.request_id)
    OR EXISTS (SELECT 1 FROM updates WHERE undoes = NEW.undoes)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- What was agreed about an action.
CREATE TABLE decisions (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- What was agreed: that it is complete, that it is not, or that it is no longer promised.
    kind TEXT NOT NULL CHECK (kind IN ('sign-off', 'return', 'withdraw')),
    -- Why, or where it is minuted; empty where nobody said.
    note TEXT NOT NULL,
    -- When it was agreed; for one taken over from print, the beginning of the plan's position.
    made_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who recorded it; NULL for one taken over from print.
    person_id INTEGER REFERENCES people (id)
) STRICT;

CREATE INDEX decisions_by_action ON decisions (action_id, made_at);

CREATE TRIGGER decisions_are_not_changed BEFORE UPDATE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER decisions_are_not_removed BEFORE DELETE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER decisions_are_not_replaced BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;
