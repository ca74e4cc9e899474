-- Articles, readings, records, spans, the review log and the source ratings.
--
-- Immutable tables (article, article_version, reading, record, record_reading, log) refuse UPDATE,
-- DELETE and REPLACE by trigger. Mutable tables (article_head, record_state and what hangs on it,
-- rating_state) hold nothing that cannot be derived from the immutable ones; `rawi verify` checks that.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE coder (
  coder_no INTEGER PRIMARY KEY,
  rawi TEXT NOT NULL,
  lexicon TEXT NOT NULL,
  ontology TEXT NOT NULL,
  UNIQUE (rawi, lexicon, ontology)
) STRICT;

CREATE TABLE article (
  article_no INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id TEXT NOT NULL UNIQUE,
  identity TEXT NOT NULL,             -- what the id is the hash of: 'url:…', or 'text:' and the SHA-256 of outlet, date, title and text
  input_id TEXT NOT NULL,             -- the id under which the article was first given
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE article_alias (          -- every input id under which the article was given
  input_id TEXT NOT NULL,
  article_no INTEGER NOT NULL REFERENCES article,
  PRIMARY KEY (input_id, article_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_version (
  version_no INTEGER PRIMARY KEY AUTOINCREMENT,
  article_no INTEGER NOT NULL REFERENCES article,
  n INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  published TEXT,
  outlet TEXT,
  url TEXT,
  body_start INTEGER NOT NULL,
  title TEXT,
  text_sha256 TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,       -- of outlet, date, title, url, body_start and text together
  text TEXT NOT NULL,
  UNIQUE (article_no, n),
  UNIQUE (article_no, content_sha256)
) STRICT;

CREATE TABLE reading (                -- what one coder read out of one version
  reading_no INTEGER PRIMARY KEY AUTOINCREMENT,
  version_no INTEGER NOT NULL REFERENCES article_version,
  coder_no INTEGER REFERENCES coder,
  read_at TEXT NOT NULL,
  error TEXT,
  payload_sha256 TEXT NOT NULL,
  payload TEXT NOT NULL               -- JSON: actors, attributions, events, warnings
) STRICT;
CREATE INDEX reading_by_version ON reading (version_no);

CREATE TABLE article_head (           -- the version and the reading in force
  article_no INTEGER PRIMARY KEY REFERENCES article,
  version_no INTEGER NOT NULL UNIQUE REFERENCES article_version,
  reading_no INTEGER REFERENCES reading,
  published TEXT,
  outlet TEXT,
  outlet_folded TEXT NOT NULL
) STRICT;
CREATE INDEX article_head_by_date ON article_head (published, article_no);
CREATE INDEX article_head_by_outlet ON article_head (outlet_folded, published);

CREATE TABLE actor (                  -- every party or source as it was once written and identified
  actor_no INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  entity TEXT,
  country TEXT,
  sector TEXT NOT NULL,
  name_en TEXT
) STRICT;
CREATE UNIQUE INDEX actor_once ON actor (name, ifnull(entity, ''), ifnull(country, ''), sector, ifnull(name_en, ''));
CREATE INDEX actor_by_entity ON actor (entity) WHERE entity IS NOT NULL;
CREATE INDEX actor_by_country ON actor (country);

CREATE TABLE place (
  place_no INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  folded TEXT NOT NULL,
  country TEXT
) STRICT;
CREATE UNIQUE INDEX place_once ON place (text, ifnull(country, ''));

CREATE TABLE record (                 -- an event of an article, whoever reads it and however often
  record_no INTEGER PRIMARY KEY AUTOINCREMENT,
  record_id TEXT NOT NULL UNIQUE,
  article_no INTEGER NOT NULL REFERENCES article
) STRICT;
CREATE INDEX record_by_article ON record (article_no);

CREATE TABLE record_reading (         -- which event of which reading is this record
  record_no INTEGER NOT NULL REFERENCES record,
  reading_no INTEGER NOT NULL REFERENCES reading,
  event TEXT NOT NULL,
  PRIMARY KEY (record_no, reading_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_reading_by_reading ON record_reading (reading_no, event);

CREATE TABLE record_state (           -- what the record says now
  record_no INTEGER PRIMARY KEY REFERENCES record,
  rev INTEGER NOT NULL,               -- 1, and one more with every entry of the log
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  review TEXT NOT NULL CHECK (review IN ('unreviewed', 'accepted', 'corrected', 'rejected', 'skipped')),
  reading_no INTEGER NOT NULL REFERENCES reading,
  event TEXT NOT NULL,
  version_no INTEGER NOT NULL REFERENCES article_version,
  published TEXT NOT NULL,            -- '' if unknown
  type TEXT NOT NULL,
  mode TEXT,
  status TEXT NOT NULL,
  date_lo TEXT,                       -- first and last day that the date allows
  date_hi TEXT,
  place_no INTEGER REFERENCES place,
  confidence REAL NOT NULL,
  doc TEXT                            -- JSON once a person has decided; NULL: as the reading has it
) STRICT;
CREATE INDEX record_state_by_date ON record_state (published, record_no) WHERE live = 1;
CREATE INDEX record_state_by_type ON record_state (type, published) WHERE live = 1;
CREATE INDEX record_state_queue ON record_state (confidence, record_no) WHERE live = 1 AND review IN ('unreviewed', 'skipped');
CREATE INDEX record_state_decided ON record_state (review) WHERE review <> 'unreviewed';

CREATE TABLE record_party (
  record_no INTEGER NOT NULL REFERENCES record_state,
  role TEXT NOT NULL,                 -- actor, recipient, host, mediator, on_behalf, about
  ord INTEGER NOT NULL,
  actor_no INTEGER NOT NULL REFERENCES actor,
  PRIMARY KEY (record_no, role, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_party_by_actor ON record_party (actor_no, record_no);

CREATE TABLE record_hop (             -- the chain, innermost first
  record_no INTEGER NOT NULL REFERENCES record_state,
  hop INTEGER NOT NULL,
  actor_no INTEGER REFERENCES actor,
  stance TEXT NOT NULL,
  grade TEXT NOT NULL,
  PRIMARY KEY (record_no, hop)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_hop_by_actor ON record_hop (actor_no, record_no) WHERE actor_no IS NOT NULL;

CREATE TABLE span (                   -- half-open, code points of the text of record_state.version_no
  record_no INTEGER NOT NULL REFERENCES record_state,
  part TEXT NOT NULL,                 -- trigger, extent, date, place, purpose, party, source, cue, content
  ord INTEGER NOT NULL,
  ref TEXT,                           -- the actor or attribution it belongs to
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  PRIMARY KEY (record_no, part, ord)
) STRICT, WITHOUT ROWID;

-- W3C selectors: TextPositionSelector (start, end) and TextQuoteSelector (exact, prefix, suffix).
CREATE VIEW evidence AS
SELECT r.record_id, a.article_id, v.n AS version, v.text_sha256, s.part, s.ord, s.ref, s.start, s.stop AS "end",
       substr(v.text, s.start + 1, s.stop - s.start) AS exact,
       substr(v.text, max(s.start - 32, 0) + 1, min(s.start, 32)) AS prefix,
       substr(v.text, s.stop + 1, 32) AS suffix
FROM span s
JOIN record_state t USING (record_no)
JOIN record r USING (record_no)
JOIN article a USING (article_no)
JOIN article_version v ON v.version_no = t.version_no;

CREATE TABLE log (                    -- every decision, chained by hash
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  rev INTEGER,                        -- the target's revision after this entry
  based_on INTEGER,                   -- the revision the reviewer had seen
  undoes INTEGER,
  reason TEXT,
  note TEXT,
  confidence REAL,                    -- the machine's, as it was
  before TEXT,
  after TEXT,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX log_by_target ON log (target, seq);

CREATE TABLE rating_state (           -- Admiralty reliability as the user set it
  kind TEXT NOT NULL CHECK (kind IN ('outlet', 'source')),
  key TEXT NOT NULL,                  -- folded name, or entity id
  name TEXT NOT NULL,
  reliability TEXT NOT NULL CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
  log_seq INTEGER NOT NULL REFERENCES log,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER log_no_update BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'log is append-only: no UPDATE'); END;
CREATE TRIGGER log_no_delete BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'log is append-only: no DELETE'); END;
CREATE TRIGGER log_only_append BEFORE INSERT ON log
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)
  OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM log ORDER BY seq DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'log is append-only: a new entry must follow the last one'); END;

CREATE TRIGGER article_no_update BEFORE UPDATE ON article
BEGIN SELECT RAISE(ABORT, 'article is immutable: no UPDATE'); END;
CREATE TRIGGER article_no_delete BEFORE DELETE ON article
BEGIN SELECT RAISE(ABORT, 'article is immutable: no DELETE'); END;
CREATE TRIGGER article_no_replace BEFORE INSERT ON article
WHEN EXISTS (SELECT 1 FROM article WHERE article_no = NEW.article_no OR article_id = NEW.article_id)
BEGIN SELECT RAISE(ABORT, 'article is immutable: no REPLACE'); END;

CREATE TRIGGER article_version_no_update BEFORE UPDATE ON article_version
BEGIN SELECT RAISE(ABORT, 'article_version is immutable: no UPDATE'); END;
CREATE TRIGGER article_version_no_delete BEFORE DELETE ON article_version
BEGIN SELECT RAISE(ABORT, 'article_version is immutable: no DELETE'); END;
CREATE TRIGGER article_version_no_replace BEFORE INSERT ON article_version
WHEN EXISTS (SELECT 1 FROM article_version WHERE version_no = NEW.version_no)
  OR EXISTS (SELECT 1 FROM article_version WHERE article_no = NEW.article_no AND (n = NEW.n OR content_sha256 = NEW.content_sha256))
BEGIN SELECT RAISE(ABORT, 'article_version is immutable: no REPLACE'); END;

CREATE TRIGGER reading_no_update BEFORE UPDATE ON reading
BEGIN SELECT RAISE(ABORT, 'reading is immutable: no UPDATE'); END;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading
BEGIN SELECT RAISE(ABORT, 'reading is immutable: no DELETE'); END;
CREATE TRIGGER reading_no_replace BEFORE INSERT ON reading
WHEN EXISTS (SELECT 1 FROM reading WHERE reading_no = NEW.reading_no)
BEGIN SELECT RAISE(ABORT, 'reading is immutable: no REPLACE'); END;

CREATE TRIGGER record_no_update BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'record is immutable: no UPDATE'); END;
CREATE TRIGGER record_no_delete BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'record is immutable: no DELETE'); END;
CREATE TRIGGER record_no_replace BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE record_no = NEW.record_no OR record_id = NEW.record_id)
BEGIN SELECT RAISE(ABORT, 'record is immutable: no REPLACE'); END;

CREATE TRIGGER record_reading_no_update BEFORE UPDATE ON record_reading
BEGIN SELECT RAISE(ABORT, 'record_reading is immutable: no UPDATE'); END;
CREATE TRIGGER record_reading_no_delete BEFORE DELETE ON record_reading
BEGIN SELECT RAISE(ABORT, 'record_reading is immutable: no DELETE'); END;
CREATE TRIGGER record_reading_no_replace BEFORE INSERT ON record_reading
WHEN EXISTS (SELECT 1 FROM record_reading WHERE record_no = NEW.record_no AND reading_no = NEW.reading_no)
BEGIN SELECT RAISE(ABORT, 'record_reading is immutable: no REPLACE'); END;
