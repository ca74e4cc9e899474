"""What the desk refuses: other hosts, other sites, tokens that do not fit, and requests that are too large, too slow or malicious."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from rawi.api import guard
from rawi.api import settings as limits
from rawi.api.settings import Settings
from rawi.api.tokens import TokenFile
from rawi.cli.desk_command import desk, is_loopback
from rawi.cli.token_commands import token
from rawi.desk.app import create_app
from rawi.desk.view import local
from rawi.errors import InputError

csrf_field = re.compile(r'name="csrf" value="([^"]+)"')


def form_token(client: Any, address: str = "/code") -> str:
    found = csrf_field.search(client.get(address).text)
    assert found
    return found.group(1)


def some_record(client: Any) -> str:
    return str(client.get("/api/events?limit=1").json()["items"][0]["id"])


def test_headers_forbid_foreign_and_inline_scripts(client: Any) -> None:
    for address in ("/", "/api/events", "/static/desk.js", "/nothing", "/api/nothing"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "form-action 'self'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_other_hosts_are_refused(client: Any) -> None:
    for host in ("evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[::2]:80", "localhost.evil"):
        answer = client.get("/", headers={"host": host})
        assert answer.status_code == 400, host
        assert answer.json()["error"]["code"] == "wrong_host", host
    for host in ("127.0.0.1:8765", "localhost", "[::1]:8765"):
        assert client.get("/", headers={"host": host}).status_code == 200, host


def test_forms_need_the_token_of_their_session(client: Any, settings: Settings) -> None:
    record = some_record(client)
    assert client.post(f"/review/{record}", data={"decision": "accept"}).status_code == 403
    assert client.post(f"/review/{record}", data={"decision": "accept", "csrf": "x" * 32}).status_code == 403
    other = TestClient(create_app(settings), raise_server_exceptions=False)
    stolen = form_token(other)
    client.get("/code")
    assert client.post(f"/review/{record}", data={"decision": "accept", "csrf": stolen}).status_code == 403
    assert client.get(f"/api/events/{record}").json()["record"]["review"] == "unreviewed"
    given = form_token(client)
    assert (
        client.post(f"/review/{record}", data={"decision": "accept", "csrf": given}, follow_redirects=False).status_code
        == 303
    )
    assert client.get(f"/api/events/{record}").json()["record"]["review"] == "accepted"


def test_a_forged_session_gets_another(client: Any) -> None:
    client.cookies.set("rawi_session", "forged.00000000000000000000000000000000")
    answer = client.get("/")
    assert "rawi_session=" in answer.headers["set-cookie"]
    assert "forged" not in answer.headers["set-cookie"]
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=Strict" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "header", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_other_origins_change_nothing(client: Any, header: dict[str, str]) -> None:
    record = some_record(client)
    answer = client.post("/api/review", json={"record": record, "action": "accept"}, headers=header)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign_origin"
    given = form_token(client)
    assert (
        client.post(f"/review/{record}", data={"decision": "accept", "csrf": given}, headers=header).status_code == 403
    )


def test_the_api_takes_json_only(client: Any) -> None:
    body = f'{{"record": "{some_record(client)}", "action": "accept"}}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert client.post("/api/review", content=body, headers={"content-type": kind}).status_code == 415


def test_large_bodies_are_refused(client: Any) -> None:
    body = b'{"text": "' + b"x" * limits.max_body + b'"}'
    headers = {"content-type": "application/json"}
    assert client.post("/api/code", content=body, headers=headers).status_code == 413
    pieces = (body[i : i + 65536] for i in range(0, len(body), 65536))  # without a length
    assert client.post("/api/code", content=pieces, headers=headers).status_code == 413
    assert client.post("/api/code", json={"text": "نص " * limits.max_text}).status_code == 422
    given = form_token(client)
    upload = {"file": ("a.txt", b"x" * 700_000)}
    assert client.post("/code", data={"csrf": given}, files=upload).status_code == 400
    many = {"csrf": given, **{f"f{i}": "x" for i in range(400)}}
    assert client.post("/code", data=many).status_code == 400


def test_slow_bodies_are_dropped(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from .conftest import serve

    monkeypatch.setattr(guard, "body_seconds", 0.5)
    server, where = serve(settings)
    host, port = where.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as sock:
        sock.sendall(
            f"POST /api/code HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{{".encode()
        )
        started = time.monotonic()
        assert b" 408 " in sock.recv(4096).split(b"\r\n")[0]
        assert time.monotonic() - started < 4
    server.should_exit = True


@pytest.mark.parametrize(
    "body",
    [
        '{"text":' + "[" * 200_000, "[" * 400_000, '{"text": "\\ud800"}', "\x00\x01", '{"text": 1e999}', "null", "",
        '{"text": "' + "\u0640" * 59_000 + '"}', '{"text": "' + "وقال إن " * 7_000 + '"}', '{"text": "' + "(«" * 25_000 + 'قال"}',
    ],
)  # fmt: skip
def test_malicious_bodies_do_no_harm(client: Any, body: str) -> None:
    started = time.monotonic()
    answer = client.post(
        "/api/code", content=body.encode("utf-8", "surrogatepass"), headers={"content-type": "application/json"}
    )
    assert answer.status_code in (200, 400, 422), answer.text[:200]
    assert time.monotonic() - started < 40
    assert client.get("/api/stats").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../etc/passwd", "/static/%2e%2e/%2e%2e/app.py", "/static/..%2f..%2fapp.py", "/article/..%2f..%2fetc%2fpasswd",
        "/article/%00", "/static//etc/passwd", "/actor/..", "/review/' OR 1=1 --", "/api/events/%27;DROP TABLE log", "/search?q=%00*%22(",
        "/search?q=" + "(" * 290 + "قال", "/channel?a=%27&b=%22", "/log?target=%27&cursor=999999999999999999999",
        "/api/events?cursor=~~~", "/api/articles?cursor=x~99999999999999999999999", "/api/changes?since=999999999999999.9",
    ],
)  # fmt: skip
def test_no_address_reaches_the_file_system(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (200, 400, 404, 422), (path, answer.text[:200])
    assert "root:" not in answer.text
    assert "def create_app" not in answer.text


def test_redirects_stay_here(client: Any) -> None:
    for address in (
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nset-cookie: x=1",
        "",
    ):
        assert local(address) == "/", address
    given = form_token(client)
    answer = client.post(
        "/preferences", data={"csrf": given, "lang": "en", "back": "//evil.example"}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"
    assert local("/stories?type=CONSULT") == "/stories?type=CONSULT"


def with_tokens(settings: Settings, path: Path) -> tuple[Any, TokenFile, str, str]:
    tokens = TokenFile(path)
    read, review = tokens.add("reader", "read"), tokens.add("mona", "review")
    made = Settings(settings.ledger, settings.overlays, settings.hosts, tokens, "nobody")
    return TestClient(create_app(made), raise_server_exceptions=False), tokens, read, review


def test_tokens_are_scoped_revocable_and_show_their_use(settings: Settings, tmp_path: Path) -> None:
    client, tokens, read, review = with_tokens(settings, tmp_path / "tokens.json")
    assert client.get("/api/events").status_code == 401
    assert client.get("/", follow_redirects=False).headers["location"] == "/login"
    assert client.get("/api/events", headers={"authorization": "Bearer wrong"}).status_code == 401
    reading, reviewing = ({"authorization": f"Bearer {one}"} for one in (read, review))
    record = client.get("/api/events", headers=reading).json()["items"][0]["id"]
    decision = {"record": record, "action": "accept"}
    assert client.post("/api/review", json=decision, headers=reading).status_code == 403
    assert client.post("/api/review", json=decision, headers=reviewing).status_code == 200
    entry = client.get("/log?format=json", headers=reading).json()["items"][0]
    assert entry["who"] == "mona"
    assert entry["action"] == "accept"
    assert client.post("/api/code", json={"text": "التقى الوزيران في مرسان."}, headers=reading).status_code == 200
    page = client.get(f"/review/{record}", headers=reading).text
    assert 'value="accept"' not in page
    uses = {row["name"]: row["last_use"] for row in client.get("/tokens?format=json", headers=reading).json()["items"]}
    assert uses["reader"]
    assert uses["mona"]
    tokens.revoke("mona")
    assert client.post("/api/review", json=decision, headers=reviewing).status_code == 401
    text = (tmp_path / "tokens.json").read_text()
    assert read not in text
    assert review not in text
    assert (tmp_path / "tokens.json").stat().st_mode & 0o077 == 0


def test_signing_in_with_a_cookie(settings: Settings, tmp_path: Path) -> None:
    client, _, read, _ = with_tokens(settings, tmp_path / "tokens.json")
    given = form_token(client, "/login")
    assert client.post("/login", data={"csrf": given, "token": "wrong"}).status_code == 401
    answer = client.post("/login", data={"csrf": given, "token": read}, follow_redirects=False)
    assert answer.status_code == 303
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert client.get("/").status_code == 200
    client.post("/logout", data={"csrf": form_token(client, "/")})
    assert client.get("/", follow_redirects=False).status_code == 303


def test_a_token_file_others_may_read_is_refused(tmp_path: Path) -> None:
    tokens = TokenFile(tmp_path / "tokens.json")
    tokens.add("a", "read")
    (tmp_path / "tokens.json").chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        TokenFile(tmp_path / "tokens.json").tokens()


def test_token_commands(tmp_path: Path) -> None:
    run, file = CliRunner(), str(tmp_path / "t.json")
    given = run.invoke(token, ["add", "mona", "--scope", "review", "--token-file", file]).output.strip()
    found = TokenFile(file).find(given)
    assert found is not None
    assert found.scope == "review"
    assert "mona\treview" in run.invoke(token, ["list", "--token-file", file]).output
    assert run.invoke(token, ["revoke", "mona", "--token-file", file]).exit_code == 0
    assert TokenFile(file).find(given) is None


def test_other_addresses_need_a_token_file(ledger_file: Path) -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("192.168.1.4")
    assert not is_loopback("example.org")
    result = CliRunner().invoke(desk, [str(ledger_file), "--host", "0.0.0.0"])
    assert isinstance(result.exception, InputError)
    assert "--token-file" in str(result.exception)


def test_a_fault_is_told_without_its_insides(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from rawi.desk import reading

    monkeypatch.setattr(reading, "last_day", lambda db: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert client.get("/stories").status_code == 200


def test_long_queries_are_cut_off(settings: Settings) -> None:
    from rawi.analysis.sides import Directory
    from rawi.api.pool import Pool
    from rawi.errors import LedgerError

    pool = Pool(settings.ledger, Directory({}, {}), time_limit=0.2)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(LedgerError, match="interrupted"), pool.ledger() as ledger, ledger.read() as db:
        db.execute(endless).fetchone()
    with pool.ledger() as ledger:
        assert ledger.db.execute("SELECT 1").fetchone() == (1,)


def test_many_at_once(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    statuses: list[int] = []

    def ask() -> None:
        connection = http.client.HTTPConnection(host, int(port), timeout=30)
        connection.request("GET", "/stories")
        statuses.append(connection.getresponse().status)

    threads = [threading.Thread(target=ask) for _ in range(40)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert statuses == [200] * 40
