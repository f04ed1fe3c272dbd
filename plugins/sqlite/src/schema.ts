/**
 * The schema as numbered steps: a file's `user_version` is how many of them it has been through. A step that was
 * released is never changed again; what comes later is a new one.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    app TEXT NOT NULL,
    theirs TEXT NOT NULL,
    -- The document's own dueAt, or the end of the lease that somebody has on it.
    due_at INTEGER,
    document TEXT NOT NULL
  );
  CREATE INDEX conversations_due ON conversations (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX conversations_by_theirs ON conversations (theirs);
  CREATE INDEX conversations_by_app ON conversations (app, key);

  -- Ids under which a conversation has taken a turn in. Rows are only ever added, so the order of seq is that of time
  -- and forgetting the oldest needs no index of its own.
  CREATE TABLE taken_in (
    seq INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    id TEXT NOT NULL,
    at INTEGER NOT NULL
  );
  CREATE UNIQUE INDEX taken_in_once ON taken_in (conversation, id);

  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation INTEGER NOT NULL,
    app TEXT NOT NULL,
    direction TEXT NOT NULL,
    status TEXT NOT NULL,
    at INTEGER NOT NULL,
    provider_id TEXT,
    text TEXT NOT NULL,
    -- The rest of the record as JSON.
    body TEXT NOT NULL
  );
  CREATE INDEX messages_by_conversation ON messages (conversation, at);
  CREATE INDEX messages_by_app ON messages (app, at);
  CREATE INDEX messages_by_provider_id ON messages (provider_id) WHERE provider_id IS NOT NULL;
  -- Few messages stay in these, and they are the ones that people look for.
  CREATE INDEX messages_unfinished ON messages (status, at) WHERE status IN ('pending', 'sent', 'failed');

  CREATE TABLE totals (
    app TEXT NOT NULL,
    ours TEXT NOT NULL,
    -- Days since the epoch, UTC.
    day INTEGER NOT NULL,
    direction TEXT NOT NULL,
    status TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (app, ours, day, direction, status)
  ) WITHOUT ROWID;

  CREATE TABLE activity (
    seq INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    journey TEXT,
    at INTEGER NOT NULL,
    record TEXT NOT NULL
  );
  CREATE INDEX activity_by_time ON activity (at);
  CREATE INDEX activity_by_conversation ON activity (conversation, at);
  CREATE INDEX activity_by_journey ON activity (journey, at) WHERE journey IS NOT NULL;

  CREATE TABLE plugin_data (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (namespace, key)
  ) WITHOUT ROWID;
  CREATE INDEX plugin_data_expiry ON plugin_data (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE claims (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX claims_expiry ON claims (expires_at);
  `,
  `
  -- 1 when somebody has to look at it: see isParked. A column of its own, so that no turn pays for finding out.
  ALTER TABLE conversations ADD COLUMN parked INTEGER;
  UPDATE conversations SET parked = 1 WHERE document -> '$.parked' IS NOT NULL
    OR document -> '$.halted' IS NOT NULL OR document -> '$.journey.halted' IS NOT NULL;
  CREATE INDEX conversations_parked ON conversations (key) WHERE parked IS NOT NULL;

  -- By the number without its channel, so that a person is found under all of them.
  DROP INDEX conversations_by_theirs;
  CREATE INDEX conversations_by_person ON conversations (substr(theirs, instr(theirs, ':') + 1));

  ALTER TABLE activity ADD COLUMN app TEXT NOT NULL DEFAULT '';
  UPDATE activity SET app = record ->> '$.app';
  CREATE INDEX activity_by_app ON activity (app, at);
  `,
  `
  -- 1 when people have it.
  ALTER TABLE conversations ADD COLUMN handed_over INTEGER;
  UPDATE conversations SET handed_over = 1 WHERE document -> '$.handoff' IS NOT NULL;
  CREATE INDEX conversations_handed_over ON conversations (key) WHERE handed_over IS NOT NULL;

  ALTER TABLE activity ADD COLUMN kind TEXT NOT NULL DEFAULT '';
  UPDATE activity SET kind = coalesce(record ->> '$.kind', '');
  CREATE INDEX activity_by_kind ON activity (app, kind, at);
  `,
];

/** A person's number without its channel, as the index on conversations has it: what `personOf` makes of an address. */
export const PERSON = "substr(theirs, instr(theirs, ':') + 1)";
