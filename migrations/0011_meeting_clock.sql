-- What is said around meetings: posts to people, who was asked for an update, and when what is said.
--
-- It makes the table of posts anew under its old name, as 0007 does with others.

-- Things to say, in a channel or to a person: a row first, a message second.
CREATE TABLE posts_anew (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- What makes it the same post when it is written or sent again: routine, moment, recipient.
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    -- The chat's number for the channel to say it in; NULL where it is said to a person.
    channel_id INTEGER,
    -- The chat's number for the person to say it to privately; NULL where it is said in a channel.
    user_id INTEGER,
    -- The chat's number for somebody whom it calls by name; NULL where it calls nobody.
    calls_user_id INTEGER,
    -- The chat's number for a role whose people it calls; NULL where it calls none.
    calls_role_id INTEGER,
    -- The key of the post that it follows on in the same channel; NULL where it stands alone.
    follows TEXT CHECK (follows <> ''),
    -- What to say, as JSON.
    card TEXT NOT NULL CHECK (json_valid(card)),
    -- When it is due; not said before.
    due_at INTEGER NOT NULL,
    -- From when on it is no use any more; NULL where it always is.
    useful_until INTEGER,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- How far it has come; 'refused' by a person who takes no messages, 'missed' where it came to be
    -- no use any more.
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'missed', 'given up')),
    -- When somebody first began to send it; NULL while nobody has.
    sending_since INTEGER,
    -- How often sending it has failed.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Why it last failed, or was given up; empty while it has not failed.
    why TEXT NOT NULL DEFAULT '',
    -- The chat's number for the message it became; NULL until it is sent.
    receipt INTEGER,
    -- When it was sent, refused, missed or given up; NULL while it is owed.
    settled_at INTEGER,
    CHECK ((channel_id IS NULL) <> (user_id IS NULL)),
    CHECK (calls_user_id IS NULL OR calls_role_id IS NULL),
    CHECK (user_id IS NULL OR (calls_user_id IS NULL AND calls_role_id IS NULL)),
    CHECK ((state = 'sent') = (receipt IS NOT NULL)),
    CHECK ((state IN ('waiting', 'sending')) = (settled_at IS NULL)),
    CHECK (state <> 'sending' OR sending_since IS NOT NULL)
) STRICT;

INSERT INTO posts_anew
    (id, key, channel_id, card, due_at, recorded_at, state, sending_since, attempts, why, receipt,
     settled_at)
SELECT id, key, channel_id, card, due_at, recorded_at, state, sending_since, attempts, why, receipt,
    settled_at
FROM posts ORDER BY id;

DROP TABLE posts;
ALTER TABLE posts_anew RENAME TO posts;

-- What is still owed, oldest due first.
CREATE INDEX posts_owed ON posts (due_at) WHERE settled_at IS NULL;

-- The meeting that a digest was for, by the day that it was first set for; NULL for those from before
-- this was kept.
ALTER TABLE digests ADD COLUMN meeting_on TEXT CHECK (meeting_on IS date(meeting_on));

CREATE INDEX digests_by_meeting ON digests (body_id, meeting_on);

-- People who were seen with the role of a body when they spoke: the chat tells no other way who has
-- one. What was set by name counts before it.
CREATE TABLE sightings (
    -- The body.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The person.
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- When they were first seen with it.
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (body_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sightings_by_person ON sightings (person_id);

-- Who was asked for an update, privately, or in a channel where nobody is known to hold the lead.
CREATE TABLE chases (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The first or the second before a meeting, or a nudge that somebody gave.
    kind TEXT NOT NULL CHECK (kind IN ('first', 'second', 'nudge')),
    -- Who was asked; NULL where nobody is known to hold the lead, and its channel was.
    person_id INTEGER REFERENCES people (id),
    -- The lead that was asked; of several that a person holds, the first in the partnership's order.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- What asked them.
    post_id INTEGER NOT NULL UNIQUE REFERENCES posts (id),
    -- Who gave the nudge; NULL where time did.
    by_person_id INTEGER REFERENCES people (id),
    -- When it was written here.
    asked_at INTEGER NOT NULL,
    CHECK ((kind = 'nudge') = (by_person_id IS NOT NULL))
) STRICT;

CREATE INDEX chases_by_person ON chases (person_id, asked_at);
CREATE INDEX chases_by_body ON chases (body_id, asked_at);
CREATE INDEX chases_by_nudger ON chases (by_person_id);

-- The meetings that somebody was asked before: two that are close together share one.
CREATE TABLE chase_meetings (
    -- The body whose meeting it is.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The day that the meeting was first set for.
    meeting_on TEXT NOT NULL CHECK (meeting_on IS date(meeting_on)),
    -- Who was asked.
    chase_id INTEGER NOT NULL REFERENCES chases (id),
    PRIMARY KEY (body_id, meeting_on, chase_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX chase_meetings_by_chase ON chase_meetings (chase_id);

-- The actions that somebody was asked about.
CREATE TABLE chase_actions (
    -- Who was asked.
    chase_id INTEGER NOT NULL REFERENCES chases (id),
    -- About what.
    action_id INTEGER NOT NULL REFERENCES actions (id),
    PRIMARY KEY (chase_id, action_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX chase_actions_by_action ON chase_actions (action_id);

-- Who does not want to be asked for a while: the last entry about a person counts.
CREATE TABLE snoozes (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- Who does not want to be asked.
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- Until when; the moment it was said, where they do want to be asked again.
    until_at INTEGER NOT NULL,
    -- When they said so.
    set_at INTEGER NOT NULL
) STRICT;

CREATE INDEX snoozes_by_person ON snoozes (person_id, set_at);
CREATE INDEX snoozes_by_end ON snoozes (until_at);

-- When a routine runs, where it is not as usual: each time that was set. Part of the ledger.
CREATE TABLE timings (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The routine, as in 'first chase'.
    routine TEXT NOT NULL CHECK (routine <> ''),
    -- How many working days before the day that it goes by, or after it.
    days INTEGER NOT NULL CHECK (days BETWEEN 0 AND 60),
    -- The time of day, as in 09:00.
    time TEXT NOT NULL CHECK (time IS strftime('%H:%M', time)),
    -- Whether it runs at all.
    runs INTEGER NOT NULL CHECK (runs IN (0, 1)),
    -- Since when.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who set it.
    person_id INTEGER NOT NULL REFERENCES people (id)
) STRICT;

CREATE TRIGGER timings_are_not_changed BEFORE UPDATE ON timings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER timings_are_not_removed BEFORE DELETE ON timings
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER timings_are_not_replaced BEFORE INSERT ON timings
WHEN EXISTS (SELECT 1 FROM timings WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER timings_are_chained AFTER INSERT ON timings
BEGIN
    INSERT INTO chain (kind, number) VALUES ('timing', NEW.id);
END;

-- Bodies around whose meetings nothing is said for a while: each time that was set. Part of the ledger.
CREATE TABLE pauses (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The body.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The last day on which nothing is said; NULL where that is until it is set otherwise.
    until_on TEXT CHECK (until_on IS date(until_on)),
    -- Whether it is paused from then on, or goes on.
    paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
    -- Since when.
    set_at INTEGER NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL,
    -- Who set it.
    person_id INTEGER NOT NULL REFERENCES people (id)
) STRICT;

CREATE INDEX pauses_by_body ON pauses (body_id, set_at);

CREATE TRIGGER pauses_are_not_changed BEFORE UPDATE ON pauses
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER pauses_are_not_removed BEFORE DELETE ON pauses
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER pauses_are_not_replaced BEFORE INSERT ON pauses
WHEN EXISTS (SELECT 1 FROM pauses WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER pauses_are_chained AFTER INSERT ON pauses
BEGIN
    INSERT INTO chain (kind, number) VALUES ('pause', NEW.id);
END;
