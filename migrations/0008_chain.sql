-- The chain over the ledger: every entry has a link, and every link a hash over its entry and the hash
-- before it, so that an entry that was changed, removed or slipped in is found.
--
-- A column of a ledger table is never renamed or dropped, and one that is added may be NULL and is where
-- nobody said anything: the entries that are there already keep their hash by that.

-- The links, in the order in which the entries were written down.
CREATE TABLE chain (
    -- Its place, from 1, with none left out.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- What kind of entry it is for, as in 'update'.
    kind TEXT NOT NULL CHECK (kind <> ''),
    -- That entry's number among those of its kind.
    number INTEGER NOT NULL,
    -- The SHA-256 over the hash before it and the entry; NULL until the entry is committed.
    hash BLOB CHECK (length(hash) = 32),
    UNIQUE (kind, number)
) STRICT;

-- What is still to be hashed: nothing, but in the transaction that writes it.
CREATE INDEX chain_to_hash ON chain (id) WHERE hash IS NULL;
-- Whether the chain still holds a hash that somebody has kept.
CREATE INDEX chain_by_hash ON chain (hash);

-- The entries so far, in the order in which they were written down.
INSERT INTO chain (kind, number)
SELECT kind, number FROM (
    SELECT settled_at AS recorded_at, 0 AS place, 'import' AS kind, id AS number
    FROM imports WHERE state <> 'waiting'
    UNION ALL
    SELECT coalesce(min(targets.recorded_at), 0), 1, 'action', actions.id
    FROM actions LEFT JOIN targets ON targets.action_id = actions.id GROUP BY actions.id
    UNION ALL
    SELECT recorded_at, 2, 'recurrence', id FROM recurrences
    UNION ALL
    SELECT recorded_at, 3, 'wording', id FROM wordings
    UNION ALL
    SELECT recorded_at, 4, 'leadership', id FROM leaderships
    UNION ALL
    SELECT recorded_at, 5, 'tagging', id FROM taggings
    UNION ALL
    SELECT recorded_at, 6, 'target', id FROM targets
    UNION ALL
    SELECT recorded_at, 7, 'update', id FROM updates
    UNION ALL
    SELECT recorded_at, 8, 'note', id FROM notes
    UNION ALL
    SELECT recorded_at, 9, 'extension', id FROM extensions
    UNION ALL
    SELECT recorded_at, 10, 'decision', id FROM decisions
    UNION ALL
    SELECT recorded_at, 11, 'item', id FROM agenda_items
    UNION ALL
    SELECT recorded_at, 12, 'holding', id FROM holdings
    UNION ALL
    SELECT recorded_at, 13, 'digest', id FROM digests
)
ORDER BY recorded_at, place, number;

CREATE TRIGGER chain_is_hashed_once BEFORE UPDATE ON chain
WHEN OLD.hash IS NOT NULL OR NEW.hash IS NULL
    OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.number <> OLD.number
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER chain_is_not_removed BEFORE DELETE ON chain
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER chain_is_not_replaced BEFORE INSERT ON chain
WHEN NEW.hash IS NOT NULL
    OR EXISTS (SELECT 1 FROM chain WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM chain WHERE kind = NEW.kind AND number = NEW.number)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- No entry is forgotten, whoever writes it.
CREATE TRIGGER imports_are_chained AFTER INSERT ON imports
WHEN NEW.state <> 'waiting'
BEGIN
    INSERT INTO chain (kind, number) VALUES ('import', NEW.id);
END;

CREATE TRIGGER actions_are_chained AFTER INSERT ON actions
BEGIN
    INSERT INTO chain (kind, number) VALUES ('action', NEW.id);
END;

CREATE TRIGGER recurrences_are_chained AFTER INSERT ON recurrences
BEGIN
    INSERT INTO chain (kind, number) VALUES ('recurrence', NEW.id);
END;

CREATE TRIGGER wordings_are_chained AFTER INSERT ON wordings
BEGIN
    INSERT INTO chain (kind, number) VALUES ('wording', NEW.id);
END;

CREATE TRIGGER leaderships_are_chained AFTER INSERT ON leaderships
BEGIN
    INSERT INTO chain (kind, number) VALUES ('leadership', NEW.id);
END;

CREATE TRIGGER taggings_are_chained AFTER INSERT ON taggings
BEGIN
    INSERT INTO chain (kind, number) VALUES ('tagging', NEW.id);
END;

CREATE TRIGGER targets_are_chained AFTER INSERT ON targets
BEGIN
    INSERT INTO chain (kind, number) VALUES ('target', NEW.id);
END;

CREATE TRIGGER updates_are_chained AFTER INSERT ON updates
BEGIN
    INSERT INTO chain (kind, number) VALUES ('update', NEW.id);
END;

CREATE TRIGGER notes_are_chained AFTER INSERT ON notes
BEGIN
    INSERT INTO chain (kind, number) VALUES ('note', NEW.id);
END;

CREATE TRIGGER extensions_are_chained AFTER INSERT ON extensions
BEGIN
    INSERT INTO chain (kind, number) VALUES ('extension', NEW.id);
END;

CREATE TRIGGER decisions_are_chained AFTER INSERT ON decisions
BEGIN
    INSERT INTO chain (kind, number) VALUES ('decision', NEW.id);
END;

CREATE TRIGGER agenda_items_are_chained AFTER INSERT ON agenda_items
BEGIN
    INSERT INTO chain (kind, number) VALUES ('item', NEW.id);
END;

CREATE TRIGGER holdings_are_chained AFTER INSERT ON holdings
BEGIN
    INSERT INTO chain (kind, number) VALUES ('holding', NEW.id);
END;

CREATE TRIGGER digests_are_chained AFTER INSERT ON digests
BEGIN
    INSERT INTO chain (kind, number) VALUES ('digest', NEW.id);
END;

-- An import becomes an entry once it is decided on.
CREATE TRIGGER imports_are_chained_once_settled AFTER UPDATE OF state ON imports
WHEN OLD.state = 'waiting' AND NEW.state <> 'waiting'
BEGIN
    INSERT INTO chain (kind, number) VALUES ('import', NEW.id);
END;

-- What stands below an entry comes with it, and not later.
CREATE TRIGGER leads_are_not_added_later BEFORE INSERT ON leads
WHEN EXISTS (
    SELECT 1 FROM chain
    WHERE kind = 'leadership' AND number = NEW.leadership_id AND hash IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER lead_bodies_are_not_added_later BEFORE INSERT ON lead_bodies
WHEN EXISTS (
    SELECT 1 FROM leads JOIN chain ON chain.kind = 'leadership' AND chain.number = leads.leadership_id
    WHERE leads.id = NEW.lead_id AND chain.hash IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER action_themes_are_not_added_later BEFORE INSERT ON action_themes
WHEN EXISTS (
    SELECT 1 FROM chain WHERE kind = 'tagging' AND number = NEW.tagging_id AND hash IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER digest_files_are_not_added_later BEFORE INSERT ON digest_files
WHEN EXISTS (
    SELECT 1 FROM chain WHERE kind = 'digest' AND number = NEW.digest_id AND hash IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- What the ledger refers to by number keeps the names under which its entries read.
CREATE TRIGGER bodies_keep_names BEFORE UPDATE OF id, name, code, kind ON bodies
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: what it refers to keeps its name');
END;

CREATE TRIGGER plans_keep_letters BEFORE UPDATE OF id, code ON plans
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: what it refers to keeps its name');
END;

CREATE TRIGGER areas_keep_numbers BEFORE UPDATE OF id, plan_id, number ON areas
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: what it refers to keeps its name');
END;

CREATE TRIGGER themes_keep_names BEFORE UPDATE OF id, name ON themes
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: what it refers to keeps its name');
END;
