/** The first shape of the journal. Landed: never edit it; a change is a new migration. */
export const sql = `
CREATE TABLE meta(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened at the counter. Never updated, never deleted.
CREATE TABLE transactions(
  seq INTEGER PRIMARY KEY CHECK(seq >= 1),
  caller_key TEXT NOT NULL UNIQUE,
  idempotency_key TEXT NOT NULL UNIQUE,
  reference TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  original_seq INTEGER REFERENCES transactions(seq),
  collector_number TEXT NOT NULL,
  entry_mode TEXT NOT NULL,
  pre_tax_cents INTEGER NOT NULL,
  post_tax_cents INTEGER NOT NULL,
  transaction_day TEXT NOT NULL,
  recorded_at_ms INTEGER NOT NULL,
  monotonic_ms INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  details TEXT NOT NULL CHECK(json_valid(details)),
  request BLOB NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX transactions_by_collector ON transactions(collector_number, recorded_at_ms);

-- Where a transaction stands with AIR MILES. The only thing that changes.
CREATE TABLE deliveries(
  seq INTEGER PRIMARY KEY REFERENCES transactions(seq),
  collector_number TEXT NOT NULL,
  original_seq INTEGER,
  state TEXT NOT NULL CHECK(state IN ('due', 'credited', 'accepted', 'needs-manager', 'cancelled', 'written-off')),
  reason TEXT,
  detail TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at_ms INTEGER NOT NULL,
  -- Set before the first send that may arrive; taken back only when that send surely did not.
  maybe_sent_at_ms INTEGER,
  status INTEGER,
  miles_amount INTEGER,
  balance_miles INTEGER,
  answer BLOB,
  settled_at_ms INTEGER
) STRICT;
CREATE INDEX deliveries_due ON deliveries(due_at_ms, seq) WHERE state = 'due';
CREATE INDEX deliveries_lane ON deliveries(collector_number, seq) WHERE state = 'due';
CREATE INDEX deliveries_open ON deliveries(state, seq) WHERE state = 'due' OR state = 'needs-manager';

CREATE TABLE attempts(
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES transactions(seq),
  started_at_ms INTEGER NOT NULL,
  elapsed_ms INTEGER NOT NULL,
  status INTEGER,
  code TEXT NOT NULL,
  detail TEXT,
  server_date_ms INTEGER
) STRICT;
CREATE INDEX attempts_of_transaction ON attempts(seq);

CREATE TABLE audit(
  id INTEGER PRIMARY KEY CHECK(id >= 1),
  seq INTEGER,
  at_ms INTEGER NOT NULL,
  what TEXT NOT NULL,
  actor TEXT,
  detail TEXT NOT NULL CHECK(json_valid(detail)),
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TRIGGER transactions_never_change BEFORE UPDATE ON transactions BEGIN SELECT RAISE(ABORT, 'a transaction is never changed'); END;
CREATE TRIGGER transactions_never_vanish BEFORE DELETE ON transactions BEGIN SELECT RAISE(ABORT, 'a transaction is never deleted'); END;
CREATE TRIGGER deliveries_never_vanish BEFORE DELETE ON deliveries BEGIN SELECT RAISE(ABORT, 'a delivery is never deleted'); END;
CREATE TRIGGER attempts_never_change BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'an attempt is never changed'); END;
CREATE TRIGGER attempts_never_vanish BEFORE DELETE ON attempts BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'an audit line is never changed'); END;
CREATE TRIGGER audit_never_vanishes BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'an audit line is never deleted'); END;
`;
