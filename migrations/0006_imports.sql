-- Plans read from files: what was read, and what it changed. What an action is called and who answers
-- for it join the ledger, so that a later print changes neither what was said nor how it stood.

-- Files that somebody had read as a plan.
CREATE TABLE imports (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The letters of the plan it was read as.
    plan_code TEXT NOT NULL CHECK (plan_code <> ''),
    -- The file's name.
    file_name TEXT NOT NULL,
    -- The file, as long as it is waiting or once it is applied; empty once it is cancelled.
    bytes BLOB NOT NULL,
    -- What was answered to the doubts about it, one answer a line.
    answers TEXT NOT NULL,
    -- Who asked for it; NULL where it was read on the machine itself.
    person_id INTEGER REFERENCES people (id),
    -- The chat's number for the asking, so that one delivered twice is one; NULL where it was read on
    -- the machine itself.
    request_id INTEGER,
    -- When somebody was last shown what it would change.
    shown_at INTEGER NOT NULL,
    -- What they were shown that it would change, a line for each change; empty once it is cancelled.
    shown TEXT NOT NULL,
    -- How far it has come.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'applied', 'cancelled')),
    -- When it was applied or cancelled; NULL while it is waiting.
    settled_at INTEGER,
    CHECK ((state = 'waiting') = (settled_at IS NULL))
) STRICT;

CREATE INDEX imports_by_plan ON imports (plan_code, settled_at);

CREATE UNIQUE INDEX imports_by_request ON imports (request_id) WHERE request_id IS NOT NULL;

CREATE TRIGGER imports_are_settled_once BEFORE UPDATE ON imports
WHEN OLD.state <> 'waiting' OR NEW.id <> OLD.id OR NEW.plan_code <> OLD.plan_code
    OR NEW.file_name <> OLD.file_name OR NEW.person_id IS NOT OLD.person_id
    OR (NEW.bytes <> OLD.bytes AND NEW.state <> 'cancelled')
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER imports_are_not_removed BEFORE DELETE ON imports
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER imports_are_not_replaced BEFORE INSERT ON imports
WHEN EXISTS (SELECT 1 FROM imports WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM imports WHERE request_id = NEW.request_id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- What an action is called, each time that was changed; as first printed it stands with the action.
CREATE TABLE wordings (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- What is promised, in a line.
    title TEXT NOT NULL CHECK (title <> ''),
    -- Since when it reads so.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- The import that set it; NULL where none did.
    import_id INTEGER REFERENCES imports (id)
) STRICT;

CREATE INDEX wordings_by_action ON wordings (action_id, set_at);

INSERT INTO wordings (action_id, title, set_at, recorded_at)
SELECT actions.id, actions.title, min(targets.set_at), min(targets.recorded_at)
FROM actions JOIN targets ON targets.action_id = actions.id
WHERE actions.title <> actions.title_printed
GROUP BY actions.id ORDER BY actions.id;

ALTER TABLE actions DROP COLUMN title;

CREATE TRIGGER actions_are_not_changed BEFORE UPDATE ON actions
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER wordings_are_not_changed BEFORE UPDATE ON wordings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER wordings_are_not_removed BEFORE DELETE ON wordings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER wordings_are_not_replaced BEFORE INSERT ON wordings
WHEN EXISTS (SELECT 1 FROM wordings WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- Who answers for an action: each time that was set. The leads themselves stand below it, and there
-- may be none.
CREATE TABLE leaderships (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- Since when they answer for it.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- The import that set it; NULL where none did.
    import_id INTEGER REFERENCES imports (id)
) STRICT;

CREATE INDEX leaderships_by_action ON leaderships (action_id, set_at);

INSERT INTO leaderships (action_id, set_at, recorded_at)
SELECT action_id, min(set_at), min(recorded_at) FROM targets GROUP BY action_id ORDER BY action_id;

-- The same leads as before, each under the time it was set.
CREATE TABLE leads_in_time (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The time it was set.
    leadership_id INTEGER NOT NULL REFERENCES leaderships (id),
    -- Its place among the action's leads, from 1; the first is accountable.
    position INTEGER NOT NULL,
    -- The plan's own words.
    printed TEXT NOT NULL,
    UNIQUE (leadership_id, position)
) STRICT;

INSERT INTO leads_in_time (id, leadership_id, position, printed)
SELECT leads.id, leaderships.id, leads.position, leads.printed
FROM leads JOIN leaderships ON leaderships.action_id = leads.action_id ORDER BY leads.id;

-- The bodies that a lead is understood to mean, as before.
CREATE TABLE lead_bodies_in_time (
    -- The lead.
    lead_id INTEGER NOT NULL REFERENCES leads_in_time (id),
    -- Its place among the lead's bodies, from 1.
    position INTEGER NOT NULL,
    -- A body it means.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    PRIMARY KEY (lead_id, position),
    UNIQUE (lead_id, body_id)
) STRICT, WITHOUT ROWID;

INSERT INTO lead_bodies_in_time (lead_id, position, body_id)
SELECT lead_id, position, body_id FROM lead_bodies;

DROP TABLE lead_bodies;
DROP TABLE leads;
ALTER TABLE leads_in_time RENAME TO leads;
ALTER TABLE lead_bodies_in_time RENAME TO lead_bodies;

CREATE TRIGGER leaderships_are_not_changed BEFORE UPDATE ON leaderships
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER leaderships_are_not_removed BEFORE DELETE ON leaderships
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER leaderships_are_not_replaced BEFORE INSERT ON leaderships
WHEN EXISTS (SELECT 1 FROM leaderships WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER leads_are_not_changed BEFORE UPDATE ON leads
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER leads_are_not_removed BEFORE DELETE ON leads
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER leads_are_not_replaced BEFORE INSERT ON leads
WHEN EXISTS (SELECT 1 FROM leads WHERE id = NEW.id)
    OR EXISTS (
        SELECT 1 FROM leads WHERE leadership_id = NEW.leadership_id AND position = NEW.position
    )
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER lead_bodies_are_not_changed BEFORE UPDATE ON lead_bodies
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER lead_bodies_are_not_replaced BEFORE INSERT ON lead_bodies
WHEN EXISTS (
    SELECT 1 FROM lead_bodies
    WHERE lead_id = NEW.lead_id AND (position = NEW.position OR body_id = NEW.body_id)
)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER lead_bodies_are_not_removed BEFORE DELETE ON lead_bodies
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- Which themes an action carries: each time that was set. The themes themselves stand below it, and
-- there may be none.
CREATE TABLE taggings (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- Since when it carries them.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- The import that set it; NULL where none did.
    import_id INTEGER REFERENCES imports (id)
) STRICT;

CREATE INDEX taggings_by_action ON taggings (action_id, set_at);

INSERT INTO taggings (action_id, set_at, recorded_at)
SELECT action_id, min(set_at), min(recorded_at) FROM targets
WHERE action_id IN (SELECT action_id FROM action_themes) GROUP BY action_id ORDER BY action_id;

-- The same themes as before, each under the time it was set.
CREATE TABLE action_themes_in_time (
    -- The time it was set.
    tagging_id INTEGER NOT NULL REFERENCES taggings (id),
    -- Its place among the action's themes, from 1.
    position INTEGER NOT NULL,
    -- The theme.
    theme_id INTEGER NOT NULL REFERENCES themes (id),
    PRIMARY KEY (tagging_id, position),
    UNIQUE (tagging_id, theme_id)
) STRICT, WITHOUT ROWID;

INSERT INTO action_themes_in_time (tagging_id, position, theme_id)
SELECT taggings.id, action_themes.position, action_themes.theme_id
FROM action_themes JOIN taggings ON taggings.action_id = action_themes.action_id;

DROP TABLE action_themes;
ALTER TABLE action_themes_in_time RENAME TO action_themes;

-- What refers to a theme: SQLite looks there when one is removed.
CREATE INDEX action_themes_by_theme ON action_themes (theme_id);

CREATE TRIGGER taggings_are_not_changed BEFORE UPDATE ON taggings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER taggings_are_not_removed BEFORE DELETE ON taggings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER taggings_are_not_replaced BEFORE INSERT ON taggings
WHEN EXISTS (SELECT 1 FROM taggings WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER action_themes_are_not_changed BEFORE UPDATE ON action_themes
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER action_themes_are_not_removed BEFORE DELETE ON action_themes
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER action_themes_are_not_replaced BEFORE INSERT ON action_themes
WHEN EXISTS (
    SELECT 1 FROM action_themes
    WHERE tagging_id = NEW.tagging_id AND (position = NEW.position OR theme_id = NEW.theme_id)
)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- What a plan says of an action under headings of its own, each time it said something else.
CREATE TABLE notes (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The action.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    -- The heading.
    heading TEXT NOT NULL,
    -- The words.
    text TEXT NOT NULL,
    -- Since when it says so.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- The import that set it; NULL where none did.
    import_id INTEGER REFERENCES imports (id)
) STRICT;

CREATE INDEX notes_by_action ON notes (action_id, heading, set_at);

CREATE TRIGGER notes_are_not_changed BEFORE UPDATE ON notes
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER notes_are_not_removed BEFORE DELETE ON notes
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER notes_are_not_replaced BEFORE INSERT ON notes
WHEN EXISTS (SELECT 1 FROM notes WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- Which import an entry came with; NULL where none did.
ALTER TABLE targets ADD COLUMN import_id INTEGER REFERENCES imports (id);
ALTER TABLE updates ADD COLUMN import_id INTEGER REFERENCES imports (id);
ALTER TABLE decisions ADD COLUMN import_id INTEGER REFERENCES imports (id);

-- What an import set, and whether anything refers to one.
CREATE INDEX wordings_by_import ON wordings (import_id);
CREATE INDEX leaderships_by_import ON leaderships (import_id);
CREATE INDEX taggings_by_import ON taggings (import_id);
CREATE INDEX notes_by_import ON notes (import_id);
CREATE INDEX targets_by_import ON targets (import_id);
CREATE INDEX updates_by_import ON updates (import_id);
CREATE INDEX decisions_by_import ON decisions (import_id);
