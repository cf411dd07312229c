-- Who there is and when they meet: one partnership, its bodies, its meetings, its people.
--
-- Throughout: an instant (…_at) is milliseconds since 1970 in UTC, a day (…_on, day) is text as in
-- 2020-11-19, and a number of the chat's own (server, user, role, channel, message) is kept as it is.

-- The partnership whose record this file is.
CREATE TABLE partnership (
    -- Always 1: a file holds one partnership.
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    -- The chat's number for its server.
    server_id INTEGER NOT NULL,
    -- Its name in full.
    name TEXT NOT NULL CHECK (name <> ''),
    -- Its time zone, as in Europe/London: days and meetings are local to it.
    zone TEXT NOT NULL,
    -- When this record was begun.
    founded_at INTEGER NOT NULL
) STRICT;

-- Cross-cutting tags for actions.
CREATE TABLE themes (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- Its place in the partnership's own order, from 1.
    position INTEGER NOT NULL,
    -- What it is called.
    name TEXT NOT NULL UNIQUE
) STRICT;

-- Boards, executive groups, Delivery & Improvement Groups, offices and partner agencies.
CREATE TABLE bodies (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- Its place in the partnership's own order, from 1.
    position INTEGER NOT NULL,
    -- Its short name on screen.
    name TEXT NOT NULL UNIQUE,
    -- Its three to five letters, as in refs.
    code TEXT NOT NULL UNIQUE,
    -- What sort of body it is.
    kind TEXT NOT NULL CHECK (kind IN ('board', 'executive', 'office', 'group', 'agency')),
    -- The name of the chat role whose members hold it; empty where none does.
    role_name TEXT NOT NULL,
    -- The name of the channel it owns; empty where it owns none.
    channel_name TEXT NOT NULL,
    -- The chat's number for the role; NULL until the server is known to have one of that name.
    role_id INTEGER,
    -- The chat's number for the channel; NULL until the server is known to have one of that name.
    channel_id INTEGER
) STRICT;

-- Other names that a body goes by, in plans and in speech.
CREATE TABLE body_names (
    -- Its number in the record, which is also the order of a body's names.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The body.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The other name.
    name TEXT NOT NULL,
    UNIQUE (body_id, name)
) STRICT;

-- Names that mean several bodies at once: "DIG chairs".
CREATE TABLE collectives (
    -- Its number in the record, which is also the order of the collectives.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The name on screen.
    name TEXT NOT NULL UNIQUE
) STRICT;

-- Other names for a collective.
CREATE TABLE collective_names (
    -- Its number in the record, which is also the order of a collective's names.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The collective.
    collective_id INTEGER NOT NULL REFERENCES collectives (id),
    -- The other name.
    name TEXT NOT NULL,
    UNIQUE (collective_id, name)
) STRICT;

-- The bodies that a collective means.
CREATE TABLE collective_bodies (
    -- Its number in the record, which is also the order of a collective's bodies.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The collective.
    collective_id INTEGER NOT NULL REFERENCES collectives (id),
    -- A body it means.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    UNIQUE (collective_id, body_id)
) STRICT;

-- A body's runs of meetings.
CREATE TABLE series (
    -- Its number in the record, which is also the order of the series.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- Whose meetings they are.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- What one of them is called.
    title TEXT NOT NULL,
    -- When they are: a cron rule in local time, seconds first.
    rule TEXT NOT NULL,
    -- How many working days before a meeting its papers are due.
    papers_days INTEGER NOT NULL CHECK (papers_days >= 0)
) STRICT;

-- Days that differ from weekends and bank holidays.
CREATE TABLE closures (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The day.
    day TEXT NOT NULL UNIQUE CHECK (day IS date(day)),
    -- Why, as in "Queen's funeral"; empty where nobody said.
    name TEXT NOT NULL,
    -- Whether people do not work that day, or do in spite of a bank holiday.
    kind TEXT NOT NULL CHECK (kind IN ('closed', 'worked'))
) STRICT;

-- Chat users whom the record knows. The ledger refers to people by this number alone.
CREATE TABLE people (
    -- Their number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The chat's number for them; NULL once they are forgotten.
    user_id INTEGER UNIQUE
) STRICT;

-- What people are called, apart from what they said, so that a person can be forgotten without
-- rewriting history.
CREATE TABLE names (
    -- The person.
    person_id INTEGER PRIMARY KEY NOT NULL REFERENCES people (id),
    -- The name they go by in the server.
    name TEXT NOT NULL
) STRICT;
