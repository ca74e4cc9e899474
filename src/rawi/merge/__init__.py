"""The same event in several articles: reports become stories, sources become origins."""

from rawi.merge.check import verify_stories
from rawi.merge.manual import StoryDecision, merge_stories, split_story, undo_story
from rawi.merge.summary import credibility
from rawi.merge.update import Merged, rebuild, update

__all__ = [
    "Merged",
    "StoryDecision",
    "credibility",
    "merge_stories",
    "rebuild",
    "split_story",
    "undo_story",
    "update",
    "verify_stories",
]
