-- The version that all services decide with that share the database. Who changes it names the one that he saw.
CREATE TABLE IF NOT EXISTS in_force (
    only_one   INTEGER NOT NULL PRIMARY KEY, -- 1
    version_id TEXT    NOT NULL
);

-- Files of versions, where several services share the database; on one machine they lie beside it.
CREATE TABLE IF NOT EXISTS version_file (
    digest  TEXT  NOT NULL PRIMARY KEY, -- sha256:…
    content BYTEA NOT NULL
);
