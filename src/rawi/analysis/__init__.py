"""What the records add up to: who stands on which side, who talks to whom, what was said, denied or left unsaid."""
