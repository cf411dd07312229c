-- What the partners promised: plans and their numbered areas.

-- The improvement plan, or a DIG's action plan.
CREATE TABLE plans (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The letters its refs begin with.
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    -- Its title as printed.
    title TEXT NOT NULL,
    -- The body that answers for it as a whole.
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    -- The first day of the position that its first import reported; the record says nothing of days
    -- before.
    position_on TEXT NOT NULL CHECK (position_on IS date(position_on))
) STRICT;

-- The numbered parts of a plan.
CREATE TABLE areas (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The plan.
    plan_id INTEGER NOT NULL REFERENCES plans (id),
    -- Its number in the plan, from 1.
    number INTEGER NOT NULL CHECK (number > 0),
    -- What it is about, in a few words.
    title TEXT NOT NULL,
    -- What it is for ("This ensures …"); empty where the plan prints none.
    aim TEXT NOT NULL,
    UNIQUE (plan_id, number)
) STRICT;
