-- Long workbooks that are scored while their senders do something else. Whichever service has the lease works on one.
CREATE TABLE IF NOT EXISTS workbook_job (
    id           TEXT   NOT NULL PRIMARY KEY,
    created_at   TEXT   NOT NULL,
    actor        TEXT,
    name         TEXT,            -- of the file that was sent
    version_id   TEXT   NOT NULL, -- to decide with
    as_of        TEXT   NOT NULL, -- the day that prices are compared with
    state        TEXT   NOT NULL, -- waiting, running, done, failed
    attempts     BIGINT NOT NULL, -- of services that began it
    phase        TEXT,
    done         BIGINT NOT NULL,
    total        BIGINT NOT NULL, -- 0 while nobody knows
    owner        TEXT,            -- the service that works on it
    lease_until  TEXT,
    candidates   BIGINT NOT NULL,
    problems     BIGINT NOT NULL,
    failure      TEXT,            -- why it failed, as JSON
    bytes        BIGINT NOT NULL, -- of its parts
    ended_at     TEXT
);

CREATE TABLE IF NOT EXISTS workbook_part (
    job_id  TEXT   NOT NULL,
    content TEXT   NOT NULL, -- upload, workbook, answers
    number  BIGINT NOT NULL, -- from 0
    piece   BYTEA  NOT NULL,
    PRIMARY KEY (job_id, content, number)
);

-- Answers to requests with an Idempotency-Key; without one while the first request runs.
CREATE TABLE IF NOT EXISTS repeat (
    id       TEXT   NOT NULL PRIMARY KEY, -- digest of who asked, where, and the key
    request  TEXT   NOT NULL,             -- digest of what was asked
    begun_at TEXT   NOT NULL,
    owner    TEXT   NOT NULL,             -- the one request that works on it
    status   BIGINT,                      -- null while it runs
    bytes    BIGINT NOT NULL,             -- of the body as it is kept
    headers  TEXT,                        -- a line "name: value" for each
    body     BYTEA                        -- as gzip; null where it was too long to be kept
);

CREATE INDEX IF NOT EXISTS repeat_by_age ON repeat (begun_at);
