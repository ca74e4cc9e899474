-- Reports of one event, merged across articles.

CREATE TABLE story (
  story_no INTEGER PRIMARY KEY AUTOINCREMENT,
  story_id TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  merged_into INTEGER REFERENCES story,
  rev INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  first_seen TEXT NOT NULL,           -- '' if unknown
  last_seen TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  date_lo TEXT,
  date_hi TEXT,
  contested INTEGER NOT NULL,
  n_articles INTEGER NOT NULL,
  n_outlets INTEGER NOT NULL,
  n_origins INTEGER NOT NULL,
  credibility INTEGER NOT NULL,
  doc TEXT NOT NULL                   -- JSON of rawi.model.Story
) STRICT;
CREATE INDEX story_by_date ON story (last_seen, story_no) WHERE live = 1;
CREATE INDEX story_by_origins ON story (n_origins, story_no) WHERE live = 1;
CREATE INDEX story_by_type ON story (type, last_seen) WHERE live = 1;

CREATE TABLE report (                 -- one live record in its story
  record_no INTEGER PRIMARY KEY REFERENCES record,
  article_no INTEGER NOT NULL REFERENCES article,
  position TEXT NOT NULL,             -- the order in which reports are given to stories
  founder INTEGER NOT NULL,           -- the first report of its story, or minus the story_no a person chose
  story_no INTEGER NOT NULL REFERENCES story,
  features BLOB NOT NULL
) STRICT;
CREATE INDEX report_by_story ON report (story_no, record_no);
CREATE INDEX report_by_founder ON report (founder, record_no);

CREATE TABLE block (                  -- two reports are compared only if they share a block
  key INTEGER NOT NULL,
  record_no INTEGER NOT NULL,         -- of report; filed before the report is written, so no foreign key
  PRIMARY KEY (key, record_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE pin (                    -- a person's word on which story a report belongs to
  record_no INTEGER PRIMARY KEY REFERENCES record,
  story_no INTEGER NOT NULL REFERENCES story,
  log_seq INTEGER NOT NULL REFERENCES log
) STRICT;
CREATE INDEX pin_by_story ON pin (story_no);

CREATE TABLE merge_queue (            -- records that merging has not looked at since they changed
  record_no INTEGER PRIMARY KEY REFERENCES record
) STRICT;

INSERT INTO merge_queue SELECT record_no FROM record_state;
