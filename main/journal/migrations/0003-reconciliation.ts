/**
 * Reconciling a Transaction Day with Transaction History: how far it has come, so that it goes on after a break, and
 * what it found. Landed: never edit it; a change is a new migration.
 */
export const sql = `
CREATE INDEX transactions_by_day_and_collector ON transactions(transaction_day, collector_number, seq);

CREATE TABLE reconciliations(
  id INTEGER PRIMARY KEY,
  transaction_day TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  actor TEXT,
  state TEXT NOT NULL CHECK(state IN ('running', 'paused', 'cancelled', 'finished')),
  reason TEXT,
  -- The last Collector that was asked about, '' before the first. Never leaves main.
  last_collector TEXT NOT NULL,
  collectors INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  matched INTEGER NOT NULL,
  awaited INTEGER NOT NULL,
  credited INTEGER NOT NULL,
  ended_at_ms INTEGER
) STRICT;
CREATE INDEX reconciliations_by_day ON reconciliations(transaction_day, id);
CREATE INDEX reconciliations_unfinished ON reconciliations(id) WHERE state IN ('running', 'paused');

CREATE TABLE differences(
  id INTEGER PRIMARY KEY,
  reconciliation INTEGER NOT NULL REFERENCES reconciliations(id),
  kind TEXT NOT NULL CHECK(kind IN ('missing-there', 'missing-here', 'different', 'not-asked')),
  -- The transaction here; none where it is missing here, or where nobody could be asked.
  seq INTEGER,
  collector_number TEXT NOT NULL,
  reference TEXT,
  -- Signed: negative where Miles were taken back.
  miles_here INTEGER,
  miles_there INTEGER,
  detail TEXT,
  repaired_as TEXT,
  repaired_at_ms INTEGER
) STRICT;
CREATE INDEX differences_of_reconciliation ON differences(reconciliation, id);

CREATE TRIGGER reconciliations_never_vanish BEFORE DELETE ON reconciliations BEGIN SELECT RAISE(ABORT, 'a reconciliation is never deleted'); END;
CREATE TRIGGER differences_never_vanish BEFORE DELETE ON differences BEGIN SELECT RAISE(ABORT, 'a difference is never deleted'); END;
`;
