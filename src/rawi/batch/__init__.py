"""Code many articles: local processes, and Arrow tables in and out."""
