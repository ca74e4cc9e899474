"""The paths under /api: read articles, events, stories, actors and channels, code a text, decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from rawi.analysis import actors as actor_reads
from rawi.analysis import contacts
from rawi.analysis.articles import ArticleRow, Change, changes, list_articles
from rawi.api import examples
from rawi.api.answers import answer
from rawi.api.coding import code_aside
from rawi.api.inputs import (
    CodeIn,
    Cursor,
    Day,
    InvalidError,
    Limit,
    MergeIn,
    Offset,
    ReviewIn,
    SplitIn,
    Text,
    UndoIn,
    body,
    fields_of,
    filters,
)  # fmt: skip
from rawi.api.pool import Pool
from rawi.api.review import decide
from rawi.api.schema import body_of, responses
from rawi.errors import InputError, LedgerError
from rawi.ledger import Filter, Hit, get_article, get_record, get_story, list_records, list_stories, search, stats
from rawi.merge import merge_stories, split_story, undo_story, update
from rawi.model import Record, Story

router = APIRouter(prefix="/api")
Wanted = Annotated[Filter, Depends(filters)]
Id = Annotated[str, Path(min_length=1, max_length=80, examples=["demo-010"])]


async def pool_of(request: Request) -> Pool:
    """Return the server's connections. (Async, as all that others depend on: else each would wait for a thread of its own.)"""
    pool: Pool = request.app.state.pool
    return pool


Ledgers = Annotated[Pool, Depends(pool_of)]


def page(
    items: Iterable[Any], kind: type[Any], fields: str | None, following: str | int | None, request: Request
) -> Response:
    """Return a page of items, cut down to the fields asked for, with the link to the next one."""
    rows: list[Any] = [msgspec.to_builtins(item) for item in items]
    if fields is not None:
        names = [name.strip() for name in fields.split(",") if name.strip()]
        known = kind.__struct_fields__
        for name in names:
            if name not in known:
                raise InputError(f"fields: {name!r} is not a field here; use some of {', '.join(known)}")
        wanted = {*names, *({"id", "key", "record"} & set(known) or {"article"} & set(known))}
        rows = [{name: value for name, value in row.items() if name in wanted} for row in rows]
    headers = {}
    following = None if following is None else str(following)
    if following is not None:
        url = request.url.include_query_params(cursor=following)
        headers["link"] = f'<{url.path}?{url.query}>; rel="next"'
    return answer({"items": rows, "next": following}, headers=headers)


@router.get("/stats", responses=responses("Stats", examples.stats))
def get_stats(pool: Ledgers) -> Response:
    """Count what the ledger holds."""
    with pool.ledger() as ledger:
        return answer(pool.keep(ledger, ("stats",), lambda: stats(ledger)))


@router.get("/articles", responses=responses("ArticleListed", examples.articles, listed=True))
def get_articles(
    request: Request, pool: Ledgers, since: Day = None, until: Day = None,
    outlet: Annotated[str | None, Query(max_length=120)] = None, limit: Limit = 50, cursor: Cursor = None, fields: Annotated[str | None, fields_of(ArticleRow)] = None,
) -> Response:  # fmt: skip
    """List articles, newest first."""
    wanted = Filter(since=since, until=until, outlets=(outlet,) if outlet else ())
    with pool.ledger() as ledger, ledger.read() as db:
        items, following = list_articles(db, wanted, limit=limit, after=cursor)
    return page(items, ArticleRow, fields, following, request)


@router.get("/articles/{id}", responses=responses("StoredArticle", examples.article))
def get_one_article(pool: Ledgers, id: Id, version: Annotated[int | None, Query(ge=1, le=100000)] = None) -> Response:
    """Return an article: text, versions, records, and what the coder read."""
    with pool.ledger() as ledger:
        return answer(get_article(ledger, id, version=version))


@router.get("/events", responses=responses("EventListed", examples.events, listed=True))
def get_events(
    request: Request, pool: Ledgers, wanted: Wanted, order: Literal["newest", "oldest", "uncertain"] = "newest",
    limit: Limit = 50, cursor: Cursor = None, fields: Annotated[str | None, fields_of(Record)] = None,
) -> Response:  # fmt: skip
    """List event records. Several values of one filter are alternatives; different filters must all hold."""
    with pool.ledger() as ledger:
        found = list_records(ledger, wanted, order=order, limit=limit, after=cursor)
    return page(found.items, Record, fields, found.next, request)


@router.get("/events/{id}", responses=responses("RecordDetail", examples.event))
def get_one_event(pool: Ledgers, id: Id) -> Response:
    """Return a record with the words it rests on, and how it differs from what the machine had read."""
    with pool.ledger() as ledger:
        return answer(get_record(ledger, id))


@router.get("/stories", responses=responses("StoryListed", examples.stories, listed=True))
def get_stories(
    request: Request, pool: Ledgers, wanted: Wanted, order: Literal["newest", "oldest", "corroborated"] = "newest",
    contested: bool | None = None, origins: Annotated[int, Query(ge=0, le=1000)] = 0, limit: Limit = 50, cursor: Cursor = None,
    fields: Annotated[str | None, fields_of(Story)] = None,
) -> Response:  # fmt: skip
    """List stories of which one report meets the filter; ``origins`` is the least number of independent origins."""
    with pool.ledger() as ledger:
        found = list_stories(
            ledger, wanted, order=order, limit=limit, after=cursor, contested=contested, least_origins=origins
        )
    return page(found.items, Story, fields, found.next, request)


@router.get("/stories/{id}", responses=responses("StoryDetail", examples.story))
def get_one_story(pool: Ledgers, id: Id) -> Response:
    """Return a story; an id that was merged away is answered by what it went into."""
    with pool.ledger() as ledger:
        return answer(get_story(ledger, id))


@router.get("/actors", responses=responses("ActorListed", examples.actors, listed=True))
def get_actors(
    request: Request, pool: Ledgers, q: Annotated[str, Query(max_length=120)] = "", limit: Limit = 50,
    cursor: Offset = None, fields: Annotated[str | None, fields_of(actor_reads.ActorRow)] = None,
) -> Response:  # fmt: skip
    """List actors, those of most records first."""
    with pool.ledger() as ledger, ledger.read() as db:
        after = int(cursor or 0)
        items, following = pool.keep(
            ledger, ("actors", q, limit, after), lambda: actor_reads.find_actors(db, q, limit=limit, after=after)
        )
    return page(items, actor_reads.ActorRow, fields, following, request)


@router.get("/actors/{key}", responses=responses("Profile", examples.actor))
def get_one_actor(pool: Ledgers, key: Annotated[str, Path(min_length=1, max_length=80, examples=["XGD"])]) -> Response:
    """Return an actor: offices, aliases, whom he met, and how he fares as a source."""
    with pool.ledger() as ledger, ledger.read() as db:
        found = pool.keep(ledger, ("profile", key), lambda: actor_reads.profile(db, pool.sides, key))
    if found is None:
        raise InputError(f"{key}: there is no such actor")
    return answer(found[0])


@router.get("/channels", responses=responses("ContactListed", examples.channels, listed=True))
def get_channel(
    request: Request, pool: Ledgers, a: Annotated[str, Query(min_length=1, max_length=80, examples=["XMJ"])],
    b: Annotated[str, Query(min_length=1, max_length=80, examples=["grp.demo-fajr"])], since: Day = None, until: Day = None,
    limit: Limit = 100, cursor: Offset = None, fields: Annotated[str | None, fields_of(contacts.Contact)] = None,
) -> Response:  # fmt: skip
    """List the contacts of two sides, newest first: open, planned, offered, denied or closed, and through whom."""
    with pool.ledger() as ledger, ledger.read() as db:
        found, following = contacts.channel_page(
            db, pool.sides, a, b, since=since, until=until, limit=limit, after=int(cursor or 0)
        )
    return page(found, contacts.Contact, fields, following, request)


@router.get("/network", responses=responses("Network", examples.network))
def get_network(pool: Ledgers, since: Day = None, until: Day = None) -> Response:
    """Return who talked to whom in a period, and who mediated."""
    with pool.ledger() as ledger, ledger.read() as db:
        return answer(
            pool.keep(
                ledger, ("network", since, until), lambda: contacts.network(db, pool.sides, since=since, until=until)
            )
        )


@router.get("/search", responses=responses("HitListed", examples.hits, listed=True))
def get_search(
    request: Request, pool: Ledgers, wanted: Wanted, q: Text, order: Literal["rank", "newest"] = "rank",
    limit: Annotated[int, Query(ge=1, le=50)] = 20, cursor: Offset = None,
    fields: Annotated[str | None, fields_of(Hit)] = None,
) -> Response:  # fmt: skip
    """Search the texts: words, "phrases", prefix*, AND, OR, NOT or a leading minus."""
    with pool.ledger() as ledger:
        found = search(ledger, q, wanted, order=order, limit=limit, offset=int(cursor or 0))
    return page(found.items, Hit, fields, found.next, request)


@router.get("/changes", responses=responses("Change", examples.changes, listed=True))
def get_changes(
    request: Request, pool: Ledgers,
    since: Annotated[str, Query(pattern=r"^[0-9]{1,15}\.[0-9]{1,15}$", description="`next` of the last answer; 0.0 at first.")] = "0.0",
    limit: Limit = 100,
) -> Response:  # fmt: skip
    """List what changed since: readings of articles and decisions. ``next`` is always given; ask again with it later."""
    seq, reading = (int(part) for part in since.split("."))
    with pool.ledger() as ledger, ledger.read() as db:
        items, (seq, reading) = changes(db, seq, reading, limit=limit)
    return answer({"items": items, "next": f"{seq}.{reading}"})


@router.post(
    "/code",
    responses=responses("CodedArticle", examples.coded, body=True),
    openapi_extra=body_of("CodeIn", examples.code_in),
)
async def post_code(request: Request, given: Annotated[CodeIn, Depends(body(CodeIn))]) -> Response:
    """Code a text; nothing is stored."""
    return answer(await code_aside(msgspec.structs.asdict(given), request.app.state.settings.overlays))


@router.get("/review", responses=responses("EventListed", examples.events, listed=True))
def get_review(
    request: Request, pool: Ledgers, state: Literal["unreviewed", "skipped"] = "unreviewed", limit: Limit = 20, cursor: Cursor = None,
    fields: Annotated[str | None, fields_of(Record)] = None,
) -> Response:  # fmt: skip
    """List the records that wait for a decision, the least certain first."""
    with pool.ledger() as ledger:
        found = list_records(ledger, Filter(reviews=(state,)), order="uncertain", limit=limit, after=cursor)
    return page(found.items, Record, fields, found.next, request)


@router.post(
    "/review",
    responses=responses("Decision", examples.decision, body=True),
    openapi_extra=body_of("ReviewIn", examples.review_in),
)
def post_review(request: Request, pool: Ledgers, given: Annotated[ReviewIn, Depends(body(ReviewIn))]) -> Response:
    """Accept, correct, reject, skip or undo; refused with 409 if the record has changed since ``based_on``."""
    with pool.ledger() as ledger:
        decision = decide(
            ledger, given.record, given.action, who=request.state.caller.name, based_on=given.based_on, reason=given.reason,
            changes=given.changes, note=given.note,
        )  # fmt: skip
    return answer(decision)


@router.post(
    "/stories/merge",
    responses=responses("StoryDecision", examples.story_decision, body=True),
    openapi_extra=body_of("MergeIn", examples.merge_in),
)
def post_merge(request: Request, pool: Ledgers, given: Annotated[MergeIn, Depends(body(MergeIn))]) -> Response:
    """Say that several stories are one; it goes on under the id of the first."""
    with pool.ledger() as ledger:
        known = {get_story(ledger, story).story.id for story in given.stories}
        if given.based_on is not None and len(given.based_on) != len(known):
            raise InvalidError("based_on: give one revision a story, in the same order")
        done = merge_stories(
            ledger, given.stories, who=request.state.caller.name, based_on=given.based_on, note=given.note
        )
        update(ledger)
    return answer(done)


@router.post(
    "/stories/split",
    responses=responses("StoryDecision", examples.story_decision, body=True),
    openapi_extra=body_of("SplitIn", examples.split_in),
)
def post_split(request: Request, pool: Ledgers, given: Annotated[SplitIn, Depends(body(SplitIn))]) -> Response:
    """Say that some reports of a story tell another event; they become a story of their own."""
    with pool.ledger() as ledger:
        known = {report.record for report in get_story(ledger, given.story).story.reports}
        if not set(given.records) < known:
            raise LedgerError(f"{given.story}: give some of its reports, not all; they are {', '.join(sorted(known))}")
        done = split_story(
            ledger, given.story, given.records, who=request.state.caller.name, based_on=given.based_on, note=given.note
        )
        update(ledger)
    return answer(done)


@router.post(
    "/stories/undo",
    responses=responses("StoryDecision", examples.story_decision, body=True),
    openapi_extra=body_of("UndoIn", examples.undo_in),
)
def post_undo(request: Request, pool: Ledgers, given: Annotated[UndoIn, Depends(body(UndoIn))]) -> Response:
    """Take back the last merge or split that a story came of."""
    with pool.ledger() as ledger:
        done = undo_story(ledger, given.story, who=request.state.caller.name, note=given.note)
        update(ledger)
    return answer(done)


@router.get("/openapi.json", include_in_schema=False)
def get_document(request: Request) -> Response:
    """Return the OpenAPI document."""
    return answer(request.app.openapi())


__all__ = ["Change", "page", "pool_of", "router"]
