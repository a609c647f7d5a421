-- Jobs that decide the log again under a draft. Whichever service has the lease works on one; a part and how far it is
-- are written together, so that another goes on where it ended.
CREATE TABLE IF NOT EXISTS rescore (
    id          TEXT   NOT NULL PRIMARY KEY,
    created_at  TEXT   NOT NULL,
    actor       TEXT,
    version_id  TEXT   NOT NULL, -- in force when it was asked for
    draft       TEXT   NOT NULL, -- a line "digest name" for each file that takes another's place, in version_file
    since_at    TEXT   NOT NULL,
    until_at    TEXT   NOT NULL,
    state       TEXT   NOT NULL, -- waiting, running, done, failed, cancelled
    done        BIGINT NOT NULL,
    total       BIGINT NOT NULL,
    parts       BIGINT NOT NULL,
    last        TEXT,            -- place in the log where it goes on
    owner       TEXT,            -- the service that works on it
    lease_until TEXT,
    result      TEXT,            -- sums, or why it failed
    ended_at    TEXT
);

CREATE TABLE IF NOT EXISTS rescore_part (
    rescore_id TEXT   NOT NULL,
    number     BIGINT NOT NULL, -- from 0
    lines      BYTEA  NOT NULL, -- the lines' UTF-8 as gzip
    PRIMARY KEY (rescore_id, number)
);
