/**
 * What managers need: sales found by day and returns by their sale, a sale's lines in the audit chain, operators, and
 * the offer tables that sales were computed with. Landed: never edit it; a change is a new migration.
 */
export const sql = `
CREATE INDEX transactions_by_day ON transactions(transaction_day, seq);
CREATE INDEX transactions_by_original ON transactions(original_seq, seq) WHERE original_seq IS NOT NULL;
CREATE INDEX deliveries_accepted ON deliveries(seq) WHERE state = 'accepted';
CREATE INDEX audit_of_transaction ON audit(seq, id) WHERE seq IS NOT NULL;
CREATE INDEX audit_of_terminal ON audit(what, id) WHERE seq IS NULL;

-- Who may work here. Changes are lines of the audit chain; nobody is deleted.
CREATE TABLE operators(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL CHECK(role IN ('cashier', 'manager', 'it')),
  pin_hash TEXT NOT NULL,
  is_active INTEGER NOT NULL CHECK(is_active IN (0, 1)),
  failures INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL
) STRICT;
CREATE TRIGGER operators_never_vanish BEFORE DELETE ON operators BEGIN SELECT RAISE(ABORT, 'an operator is never deleted'); END;

-- Kept under the hash of their text: a return is computed with the offers its sale was computed with.
CREATE TABLE offer_tables(
  hash TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
