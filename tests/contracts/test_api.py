"""The API keeps what its OpenAPI document says: schemathesis looks for violations; some promises are checked by hand."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
schemathesis = pytest.importorskip("schemathesis")

from hypothesis import HealthCheck, given, settings  # noqa: E402
from hypothesis.errors import Unsatisfiable  # noqa: E402
from starlette.testclient import TestClient  # noqa: E402

from rawi.api.settings import Settings  # noqa: E402
from rawi.desk.app import create_app  # noqa: E402
from rawi.desk.demo import build_demo, demo_overlays  # noqa: E402


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration ledger; nobody writes to it."""
    path = tmp_path_factory.mktemp("api") / "demo.db"
    build_demo(path)
    return path


@pytest.fixture(scope="module")
def client(demo: Path) -> Any:
    """A client that only reads."""
    return TestClient(_app(demo), raise_server_exceptions=False)


@pytest.fixture
def app(demo: Path, tmp_path: Path) -> Any:
    """An application on a ledger that the test may change."""
    return _app(Path(shutil.copy(demo, tmp_path / "ledger.db")))


@pytest.fixture
def fresh(app: Any) -> Any:
    """A client of it."""
    return TestClient(app, raise_server_exceptions=False)


def _app(path: Path) -> Any:
    return create_app(Settings(path, demo_overlays(), ("testserver",), None, "mona"))


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_no_violation(app: Any, mode: str) -> None:
    """Every answer to what schemathesis thinks of, fitting the document or not, is one that the document allows."""
    document = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    checked = 0
    for found in document.get_all_operations():
        operation = found.ok()
        strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))

        @settings(
            max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=strategy)
        def check(case: Any) -> None:
            case.call_and_validate()

        try:
            check()
        except Unsatisfiable:
            assert mode == "negative"  # nothing about this path can be wrong
        checked += 1
    assert checked >= 19


def test_one_shape_for_every_error(client: Any) -> None:
    for method, path, status in (
        ("GET", "/api/events/none", 404), ("GET", "/api/nothing", 404), ("GET", "/api/events?limit=0", 422), ("GET", "/api/events?type=X", 422),
        ("GET", "/api/events?since=2025-13", 422), ("GET", "/api/events?fields=nope", 422), ("GET", "/api/events?since=2025-02-29", 400),
        ("GET", "/api/events?cursor=x", 404), ("GET", "/api/search?q=A+OR+-B", 400), ("DELETE", "/api/events", 405),
        ("POST", "/api/review", 415), ("GET", "/api/search", 422), ("GET", "/api/actors/none", 404),
    ):  # fmt: skip
        answer = client.request(method, path)
        assert answer.status_code == status, path
        error = answer.json()["error"]
        assert set(error) == {"code", "message", "details"}, path
        assert error["code"], path
        assert error["message"], path
        assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", ["/api/events", "/api/events?order=uncertain", "/api/events?order=oldest", "/api/articles", "/api/stories",
                                  "/api/stories?order=corroborated", "/api/actors", "/api/review", "/api/channels?a=XMJ&b=XGD"])  # fmt: skip
def test_cursors_walk_over_everything_once(client: Any, path: str) -> None:
    joint = "&" if "?" in path else "?"
    whole = client.get(f"{path}{joint}limit=200").json()
    keys = [_key(one) for one in whole["items"]]
    walked: list[str] = []
    cursor = None
    while True:
        page = client.get(f"{path}{joint}limit=7" + (f"&cursor={cursor}" if cursor else ""))
        walked += [_key(one) for one in page.json()["items"]]
        cursor = page.json()["next"]
        assert ("link" in page.headers) == (cursor is not None)
        if cursor is None:
            break
    assert walked[: len(keys)] == keys
    assert len(set(walked)) == len(walked)


def _key(item: dict[str, Any]) -> str:
    return str(item.get("id") or item.get("key") or item["record"])


def test_fields_are_chosen(client: Any) -> None:
    items = client.get("/api/channels?a=XMJ&b=XGD&fields=state,outlet").json()["items"]
    assert all(set(one) == {"record", "state", "outlet"} for one in items)
    items = client.get("/api/review?fields=title").json()["items"]
    assert all(set(one) == {"id", "title"} for one in items)
    items = client.get("/api/events?fields=review,title").json()["items"]
    assert all(set(one) == {"id", "review", "title"} for one in items)


def test_filters_are_those_of_the_ledger(client: Any) -> None:
    items = client.get("/api/events?type=CONSULT&type=AGREE&since=2025-03-20&actor=grp.demo-fajr").json()["items"]
    assert items
    assert {one["event"]["type"] for one in items} <= {"CONSULT", "AGREE"}
    assert all(one["published"] >= "2025-03-20" for one in items)


def test_changes_since(fresh: Any) -> None:
    seen = []
    since = "0.0"
    while True:
        page = fresh.get(f"/api/changes?since={since}&limit=20").json()
        if not page["items"]:
            break
        seen += page["items"]
        since = page["next"]
    assert len(seen) >= 40
    assert all(one["kind"] == "reading" for one in seen)
    record = seen[0]["records"][0]
    fresh.post("/api/review", json={"record": record, "action": "accept"})
    page = fresh.get(f"/api/changes?since={since}").json()
    assert [(one["kind"], one["action"], one["target"], one["who"]) for one in page["items"]] == [
        ("decision", "accept", record, "mona")
    ]


def test_code_stores_nothing(fresh: Any) -> None:
    before = fresh.get("/api/stats").json()
    given = {
        "text": "التقى وزير الخارجية الغدراني سعد المرجبي نظيره المرجاني نادر الصوان في مرسان يوم السبت.",
        "published": "2025-04-14",
    }
    coded = fresh.post("/api/code", json=given).json()
    assert [event["type"] for event in coded["events"]] == ["CONSULT"]
    assert coded["events"][0]["date"]["value"] == "2025-04-12"
    after = fresh.get("/api/stats").json()
    assert (before["articles"], before["records"], before["log_seq"]) == (
        after["articles"],
        after["records"],
        after["log_seq"],
    )


def test_review_goes_by_revision(fresh: Any) -> None:
    record = fresh.get("/api/events?type=CONSULT&limit=1").json()["items"][0]
    post = lambda **body: fresh.post("/api/review", json={"record": record["id"], **body})  # noqa: E731
    done = post(action="correct", changes={"status": "possible"}, based_on=record["rev"])
    assert done.json()["review"] == "corrected"
    assert done.json()["rev"] == record["rev"] + 1
    stale = post(action="accept", based_on=record["rev"])
    assert stale.status_code == 409
    assert stale.json()["error"]["code"] == "stale"
    assert stale.json()["error"]["details"]["changes"][0]["who"] == "mona"
    assert post(action="reject", reason="nonsense").status_code == 422
    assert post(action="correct", changes={}).status_code == 400
    assert post(action="correct", changes={"trigger": [5, 2]}).status_code in (400, 409)
    assert post(action="undo").json()["review"] == "unreviewed"
    detail = fresh.get(f"/api/events/{record['id']}").json()
    assert detail["human_changes"] == {}
    assert detail["record"]["event"]["status"] == record["event"]["status"]


def test_stories_are_split_merged_and_put_back(fresh: Any) -> None:
    story = fresh.get("/api/stories?order=corroborated&limit=1").json()["items"][0]
    records = [report["record"] for report in story["reports"]]
    done = fresh.post("/api/stories/split", json={"story": story["id"], "records": records[:1]}).json()
    old, new = done["stories"]
    assert fresh.get(f"/api/stories/{new}").json()["story"]["n_articles"] == 1
    fresh.post("/api/stories/merge", json={"stories": [old, new]})
    assert fresh.get(f"/api/stories/{new}").json()["story"]["id"] == old
    assert fresh.post("/api/stories/undo", json={"story": old}).status_code == 200
    assert fresh.get(f"/api/stories/{new}").json()["story"]["id"] == new


def test_the_document_has_examples_and_needs_no_other_server(client: Any) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    jsonschema = pytest.importorskip("jsonschema_rs")
    for path, methods in document["paths"].items():
        for method in methods.values():
            told = [method["responses"]["200"]["content"]["application/json"]]
            if "requestBody" in method:
                told.append(method["requestBody"]["content"]["application/json"])
            for one in told:
                assert one["example"], path
                schema = {**one["schema"], "components": document["components"]}
                jsonschema.validator_for(schema).validate(one["example"])
    html = client.get("/api/docs").text
    assert "//cdn" not in html
    assert "https://" not in html
    for path in document["paths"]:
        assert path in html
