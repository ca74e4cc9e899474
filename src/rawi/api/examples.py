"""Examples of requests and answers for the OpenAPI document: what the API says of the demonstration ledger."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

_all: dict[str, Any] = json.loads(resources.files("rawi.api").joinpath("examples.json").read_text("utf-8"))

stats, articles, article = _all["stats"], _all["articles"], _all["article"]
events, event, stories, story = _all["events"], _all["event"], _all["stories"], _all["story"]
actors, actor, channels, network = _all["actors"], _all["actor"], _all["channels"], _all["network"]
hits, changes = _all["hits"], _all["changes"]
code_in, coded = _all["code_in"], _all["coded"]
review_in, decision = _all["review_in"], _all["decision"]
merge_in, split_in, undo_in, story_decision = (
    _all["merge_in"],
    _all["split_in"],
    _all["undo_in"],
    _all["story_decision"],
)
