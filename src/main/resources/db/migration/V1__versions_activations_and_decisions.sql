-- Runs on SQLite and on PostgreSQL. Times are ISO-8601 in UTC with six decimals, so that their text sorts by time.

CREATE TABLE version (
    id         TEXT NOT NULL PRIMARY KEY, -- sha256:…
    created_at TEXT NOT NULL,
    origin     TEXT NOT NULL,             -- loaded, published, activated
    reason     TEXT,
    manifest   TEXT NOT NULL,             -- a line "digest name" for each file
    catalogue  TEXT NOT NULL,             -- digest of what the catalogue says
    rules      TEXT NOT NULL,             -- digest of what the rules say
    program    TEXT NOT NULL
);

-- a log: which version was put in force when
CREATE TABLE activation (
    version_id TEXT NOT NULL,
    at         TEXT NOT NULL,
    origin     TEXT NOT NULL,
    reason     TEXT,
    PRIMARY KEY (version_id, at)
);

CREATE TABLE decision (
    id              TEXT   NOT NULL PRIMARY KEY,
    created_at      TEXT   NOT NULL,
    version_id      TEXT   NOT NULL,
    request         TEXT   NOT NULL, -- normalised JSON
    answer          TEXT   NOT NULL, -- JSON, byte for byte as it was given
    as_of           TEXT   NOT NULL,
    duration_micros BIGINT NOT NULL
);

CREATE INDEX decision_by_time ON decision (created_at);
