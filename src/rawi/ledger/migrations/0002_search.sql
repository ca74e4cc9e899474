-- Full text, over words folded by Rawi itself. One row an article version, rowid = version_no.
-- surface: each word folded. bare: the same words, in the same positions, without their proclitics.
-- Contentless: the text is in article_version, and no version ever leaves the index.
CREATE VIRTUAL TABLE article_words USING fts5(
  surface, bare, content = '', tokenize = "unicode61 remove_diacritics 0"
);
