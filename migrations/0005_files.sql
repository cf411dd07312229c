-- The files that go with what is said: with posts, and with the digests as they were issued.

-- Files as they were sent: part of the ledger, because the copies of issued digests are.
CREATE TABLE files (
    -- Its number in the record.
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- Its name, with its ending.
    name TEXT NOT NULL CHECK (name <> ''),
    -- What it shows, for those who cannot see it; empty for a file that is not a picture.
    says TEXT NOT NULL,
    -- What it holds.
    bytes BLOB NOT NULL,
    -- When it was written here.
    recorded_at INTEGER NOT NULL
) STRICT;

-- A file that goes with both a digest and its post is kept once, and so is looked for by name.
CREATE INDEX files_by_name ON files (name);

CREATE TRIGGER files_are_not_changed BEFORE UPDATE ON files
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER files_are_not_removed BEFORE DELETE ON files
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER files_are_not_replaced BEFORE INSERT ON files
WHEN EXISTS (SELECT 1 FROM files WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

-- The files of a post.
CREATE TABLE post_files (
    -- The post.
    post_id INTEGER NOT NULL REFERENCES posts (id),
    -- The file's place among the post's files, from 1.
    position INTEGER NOT NULL,
    -- The file.
    file_id INTEGER NOT NULL REFERENCES files (id),
    PRIMARY KEY (post_id, position)
) STRICT, WITHOUT ROWID;

-- What refers to a file: SQLite looks there when a file is added or removed.
CREATE INDEX post_files_by_file ON post_files (file_id);

-- The files of a digest as it was issued: part of the ledger.
CREATE TABLE digest_files (
    -- The digest.
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    -- The file's place among the digest's files, from 1.
    position INTEGER NOT NULL,
    -- The file.
    file_id INTEGER NOT NULL REFERENCES files (id),
    PRIMARY KEY (digest_id, position)
) STRICT, WITHOUT ROWID;

-- As for the files of posts.
CREATE INDEX digest_files_by_file ON digest_files (file_id);

CREATE TRIGGER digest_files_are_not_changed BEFORE UPDATE ON digest_files
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER digest_files_are_not_removed BEFORE DELETE ON digest_files
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;

CREATE TRIGGER digest_files_are_not_replaced BEFORE INSERT ON digest_files
WHEN EXISTS (
    SELECT 1 FROM digest_files WHERE digest_id = NEW.digest_id AND position = NEW.position
)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: add a further entry instead');
END;
