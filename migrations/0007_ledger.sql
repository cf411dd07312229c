-- What a partnership decides and promises: requests for new dates and what became of them, who holds
-- which body, what is brought to which meeting, and what comes round again.
--
-- It makes tables anew under their old names, which SQLite does without touching what refers to them
-- only while foreign keys are not enforced; whoever applies it sees to that.

-- An action that comes round again opens its next turn under the same number.
CREATE TABLE actions_in_turns (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The area it belongs to.
    area_id INTEGER NOT NULL REFERENCES areas (id),
    -- Its number within the area, never given to another action.
    number INTEGER NOT NULL CHECK (number > 0),
    -- Which turn of it this is, from 1; more than 1 only for what comes round again.
    turn INTEGER NOT NULL DEFAULT 1 CHECK (turn > 0),
    -- What was promised, as first printed or added.
    title_printed TEXT NOT NULL,
    -- The status when it was first recorded, which holds until somebody says otherwise.
    status_printed TEXT NOT NULL CHECK (
        status_printed IN ('not started', 'on track', 'at risk', 'blocked', 'complete', 'on hold')
    ),
    -- Who added it; NULL for one taken over from print.
    person_id INTEGER REFERENCES people (id),
    UNIQUE (area_id, number, turn)
) STRICT;

INSERT INTO actions_in_turns (id, area_id, number, title_printed, status_printed)
SELECT id, area_id, number, title_printed, status_printed FROM actions ORDER BY id;

DROP TABLE actions;
ALTER TABLE actions_in_turns RENAME TO actions;

CREATE TRIGGER actions_keep_refs BEFORE DELETE ON actions
BEGIN
    SELECT RAISE(ABORT, 'a ref is never used again: withdraw the action instead');
END;

CREATE TRIGGER actions_are_not_changed BEFORE UPDATE ON actions
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER actions_are_not_replaced BEFORE INSERT ON actions
WHEN EXISTS (SELECT 1 FROM actions WHERE id = NEW.id)
    OR EXISTS (
        SELECT 1 FROM actions
        WHERE area_id = NEW.area_id AND number = NEW.number AND turn = NEW.turn
    )
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- How often an action comes round again: each time that was set.
CREATE TABLE recurrences (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- How often; 'never' where it does no more.
    every TEXT NOT NULL CHECK (every IN ('year', 'half-year', 'quarter', 'never')),
    -- Since when.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who set it; NULL where the record did, for the next turn of one that comes round again.
    person_id INTEGER REFERENCES people (id)
) STRICT;

CREATE INDEX recurrences_by_action ON recurrences (action_id, set_at);

CREATE TRIGGER recurrences_are_not_changed BEFORE UPDATE ON recurrences
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER recurrences_are_not_removed BEFORE DELETE ON recurrences
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER recurrences_are_not_replaced BEFORE INSERT ON recurrences
WHEN EXISTS (SELECT 1 FROM recurrences WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- Requests for a new date. One stands until it is decided, or until the next one for its action.
CREATE TABLE extensions (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- The words for the date asked for.
    words TEXT NOT NULL CHECK (words <> ''),
    -- The first day of the window they mean; NULL where they mean none.
    from_on TEXT CHECK (from_on IS date(from_on)),
    -- The last day of the window; NULL where they mean none.
    to_on TEXT CHECK (to_on IS date(to_on)),
    -- Why, exactly as it was said.
    reason TEXT NOT NULL CHECK (reason <> ''),
    -- Who asked.
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- The body they spoke for.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The lead on whose behalf they spoke, as printed; NULL where they spoke for their own body.
    on_behalf_of TEXT,
    -- When it was asked.
    asked_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    CHECK ((from_on IS NULL) = (to_on IS NULL)),
    CHECK (from_on IS NULL OR from_on <= to_on)
) STRICT;

CREATE INDEX extensions_by_action ON extensions (action_id, asked_at);

CREATE TRIGGER extensions_are_not_changed BEFORE UPDATE ON extensions
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER extensions_are_not_removed BEFORE DELETE ON extensions
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER extensions_are_not_replaced BEFORE INSERT ON extensions
WHEN EXISTS (SELECT 1 FROM extensions WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- What was agreed about an action, with the meeting and the minute that show it.
CREATE TABLE decisions_with_minutes (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- What was agreed: that it is complete, that it is not, that it may or may not be due later, or
    -- that it is no longer promised.
    kind TEXT NOT NULL CHECK (
        kind IN ('sign-off', 'return', 'extension agreed', 'extension refused', 'withdraw')
    ),
    -- The request for a new date that was answered; NULL for all other decisions.
    extension_id INTEGER REFERENCES extensions (id),
    -- The target that was agreed; NULL for all other decisions.
    target_id INTEGER REFERENCES targets (id),
    -- The status from then on of work that was returned; NULL for all other decisions.
    status TEXT CHECK (
        status IN ('not started', 'on track', 'at risk', 'blocked', 'complete', 'on hold')
    ),
    -- The body whose meeting agreed it; NULL where it is not said.
    body_id INTEGER REFERENCES bodies (id),
    -- The day of that meeting; NULL where it is not said.
    meeting_on TEXT CHECK (meeting_on IS date(meeting_on)),
    -- Where it is minuted; empty where nobody said.
    minute_ref TEXT NOT NULL DEFAULT '',
    -- Why; empty where nobody said.
    note TEXT NOT NULL,
    -- Since when it counts: when it was recorded; for one taken over from print, the beginning of the
    -- plan's position.
    made_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who recorded it; NULL for one taken over from print.
    person_id INTEGER REFERENCES people (id),
    -- The import that it came with; NULL where it came with none.
    import_id INTEGER REFERENCES imports (id),
    CHECK ((kind IN ('extension agreed', 'extension refused')) = (extension_id IS NOT NULL)),
    CHECK ((kind = 'extension agreed') = (target_id IS NOT NULL)),
    CHECK ((body_id IS NULL) = (meeting_on IS NULL))
) STRICT;

INSERT INTO decisions_with_minutes
    (id, action_id, kind, note, made_at, recorded_at, person_id, import_id)
SELECT id, action_id, kind, note, made_at, recorded_at, person_id, import_id
FROM decisions ORDER BY id;

DROP TABLE decisions;
ALTER TABLE decisions_with_minutes RENAME TO decisions;

CREATE INDEX decisions_by_action ON decisions (action_id, made_at);
CREATE INDEX decisions_by_import ON decisions (import_id);
-- A request is answered once. It leaves out what is NULL, as most are.
CREATE UNIQUE INDEX decisions_by_extension ON decisions (extension_id)
WHERE extension_id IS NOT NULL;
-- What refers to a target: SQLite looks there when one is removed.
CREATE INDEX decisions_by_target ON decisions (target_id);

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
    OR EXISTS (SELECT 1 FROM decisions WHERE extension_id = NEW.extension_id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- Whether a lead's word that work is complete has to be agreed before it counts.
ALTER TABLE plans ADD COLUMN sign_off_needed INTEGER NOT NULL DEFAULT 1
    CHECK (sign_off_needed IN (0, 1));

-- What an update asks of the group; NULL where it asks nothing.
ALTER TABLE updates ADD COLUMN ask TEXT CHECK (ask <> '');
-- The name of the file that shows it; NULL where none was given. The file itself is not kept.
ALTER TABLE updates ADD COLUMN evidence_name TEXT CHECK (evidence_name <> '');
-- Where that file, or a page that shows it, can be found; NULL where none was given.
ALTER TABLE updates ADD COLUMN evidence_url TEXT CHECK (evidence_url <> '');
-- Whether it is worth telling as a case study.
ALTER TABLE updates ADD COLUMN case_study INTEGER NOT NULL DEFAULT 0 CHECK (case_study IN (0, 1));
-- Why an update was taken back by somebody else than its author; NULL for all others.
ALTER TABLE updates ADD COLUMN reason TEXT CHECK (reason <> '');

-- Who set it; NULL where an import did, and for what was taken over from print.
ALTER TABLE wordings ADD COLUMN person_id INTEGER REFERENCES people (id);
ALTER TABLE leaderships ADD COLUMN person_id INTEGER REFERENCES people (id);
ALTER TABLE taggings ADD COLUMN person_id INTEGER REFERENCES people (id);

-- Who holds a body by name, beside those who hold it through its role: each time that was set.
CREATE TABLE holdings (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The body.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- Whose part in it is set; NULL where the body is said to be vacant.
    person_id INTEGER REFERENCES people (id),
    -- Their part from then on: they hold it, they deputise for whoever does, or they do no more.
    part TEXT NOT NULL CHECK (part IN ('holder', 'deputy', 'none')),
    -- Since when.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who set it.
    by_person_id INTEGER NOT NULL REFERENCES people (id),
    CHECK (person_id IS NOT NULL OR part = 'none')
) STRICT;

CREATE INDEX holdings_by_body ON holdings (body_id, set_at);
CREATE INDEX holdings_by_person ON holdings (person_id, set_at);

CREATE TRIGGER holdings_are_not_changed BEFORE UPDATE ON holdings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER holdings_are_not_removed BEFORE DELETE ON holdings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER holdings_are_not_replaced BEFORE INSERT ON holdings
WHEN EXISTS (SELECT 1 FROM holdings WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- What is brought to a meeting that is named, to be decided there or to be noted.
CREATE TABLE agenda_items (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action it is about.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- The update that is brought; NULL where it is the action as a whole.
    update_id INTEGER REFERENCES updates (id),
    -- The body whose meeting it is brought to.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The day of that meeting.
    meeting_on TEXT NOT NULL CHECK (meeting_on IS date(meeting_on)),
    -- What for.
    purpose TEXT NOT NULL CHECK (purpose IN ('decision', 'noting')),
    -- What will be brought, in the words of whoever promised it; empty where nobody said.
    words TEXT NOT NULL,
    -- Who promised it.
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- The item that this one takes off the agenda; NULL for all others.
    undoes INTEGER REFERENCES agenda_items (id),
    -- Since when it stands.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX agenda_items_by_action ON agenda_items (action_id, set_at);
CREATE INDEX agenda_items_by_meeting ON agenda_items (body_id, meeting_on);
CREATE INDEX agenda_items_by_update ON agenda_items (update_id);
CREATE UNIQUE INDEX agenda_items_by_undone ON agenda_items (undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER agenda_items_are_not_changed BEFORE UPDATE ON agenda_items
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER agenda_items_are_not_removed BEFORE DELETE ON agenda_items
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER agenda_items_are_not_replaced BEFORE INSERT ON agenda_items
WHEN EXISTS (SELECT 1 FROM agenda_items WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM agenda_items WHERE undoes = NEW.undoes)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- What was asked and has been done, by the chat's number for the asking, so that one delivered twice
-- is done once. Updates and imports keep theirs themselves.
CREATE TABLE askings (
    -- The chat's number.
    request_id INTEGER PRIMARY KEY NOT NULL,
    -- When it was done.
    recorded_at INTEGER NOT NULL
) STRICT;

-- Posts that are to read otherwise, since what they told has been taken back: a row first, an edit of
-- the message second. One whose post was never sent is never owed.
CREATE TABLE edits (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The post.
    post_id INTEGER NOT NULL REFERENCES posts (id),
    -- What it is to say, as JSON.
    card TEXT NOT NULL CHECK (json_valid(card)),
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- How far it has come.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'made', 'given up')),
    -- How often making it has failed.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Why it last failed, or was given up; empty while it has not failed.
    why TEXT NOT NULL DEFAULT '',
    -- When it was made or given up; NULL while it is owed.
    settled_at INTEGER,
    CHECK ((state = 'waiting') = (settled_at IS NULL))
) STRICT;

-- What is still owed, in the order in which it was asked for.
CREATE INDEX edits_owed ON edits (id) WHERE settled_at IS NULL;
CREATE INDEX edits_by_post ON edits (post_id);
