-- What lists of stories and records by filter need, so that they never look at every row.

-- The lists of stories walk these and nothing else: a row of `story` is long, and most rows are passed over.
DROP INDEX story_by_date;
CREATE INDEX story_by_date ON story (last_seen, story_no, first_seen, contested, n_origins, n_articles) WHERE live = 1;
DROP INDEX story_by_origins;
CREATE INDEX story_by_origins ON story (n_origins, story_no, first_seen, last_seen, contested, n_articles) WHERE live = 1;

CREATE INDEX record_state_by_status ON record_state (status, published) WHERE live = 1;
CREATE INDEX record_state_by_place ON record_state (place_no) WHERE place_no IS NOT NULL;
CREATE INDEX record_hop_by_stance ON record_hop (stance, record_no);
CREATE INDEX record_hop_by_grade ON record_hop (grade, record_no);
