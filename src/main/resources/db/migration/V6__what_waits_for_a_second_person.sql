-- What one person wants in force although others win than cases want, until a second one agrees to it or it is forgotten.
CREATE TABLE IF NOT EXISTS approval (
    id       TEXT   NOT NULL PRIMARY KEY,
    asked_at TEXT   NOT NULL,
    asked_by TEXT   NOT NULL,
    reason   TEXT   NOT NULL,
    subject  TEXT   NOT NULL, -- name of the file that is to be put in force, or id of the version
    content  BYTEA,           -- of the file; null for a version
    size     BIGINT NOT NULL, -- of the content, in bytes
    expected TEXT   NOT NULL, -- the version that has to be in force, or * for any
    change   TEXT   NOT NULL  -- what the asker was told of it, as JSON
);
