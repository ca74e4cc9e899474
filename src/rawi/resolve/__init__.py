"""What an article as a whole says: actors, dates, events."""
