"""In Chromium: reading, reviewing by keyboard with an Arabic layout and by forms without scripts, shaping, printing, accessibility."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

# What the keys of an Arabic layout give where a Latin one has j k a e x s u / ?
arabic_layout = {
    "KeyJ": "ت",
    "KeyK": "ن",
    "KeyA": "ش",
    "KeyE": "ث",
    "KeyX": "ء",
    "KeyS": "س",
    "KeyU": "ع",
    "Slash": "ظ",
}


def api(address: str, path: str) -> Any:
    with urllib.request.urlopen(address + path) as answer:
        return json.load(answer)


def press(page: Any, code: str, shift: bool = False) -> None:
    """Press a key of an Arabic keyboard."""
    session = page.context.new_cdp_session(page)
    key = arabic_layout[code]
    for kind in ("keyDown", "keyUp"):
        session.send(
            "Input.dispatchKeyEvent",
            {"type": kind, "code": code, "key": "؟" if shift else key, "modifiers": 8 if shift else 0},
        )
    page.wait_for_load_state()


def consult(address: str) -> dict[str, Any]:
    """Return the record of talks that one outlet has from an agency and that from an official."""
    items = api(address, "/api/events?type=CONSULT&limit=100")["items"]
    return next(one for one in items if one["input_id"] == "demo-011")


def test_reading_an_article(page: Any, address: str) -> None:
    record = consult(address)
    page.goto("/?day=2025-03-09")
    page.goto(f"/article/{record['article']}")
    assert page.locator("#text .k-trigger").first.inner_text() == "محادثات"
    card = page.locator(f"#e-{record['id']}")
    names = card.locator(".chain .hop").all_inner_texts()
    assert names[-1] == "قناة الأثير"
    assert len(names) >= 2
    assert page.locator("#text .on").count() == 0
    card.hover()
    assert page.locator("#text .k-trigger.on").count() >= 1
    page.mouse.move(0, 0)
    card.focus()
    assert page.locator("#text .on").count() >= 2
    stored = api(address, f"/api/articles/{record['article']}")["article"]["text"]
    assert page.evaluate("document.querySelector('#text').textContent") == stored


def test_reviewing_with_an_arabic_keyboard(page: Any, address: str) -> None:
    page.goto("/review")
    first = page.url
    with page.expect_navigation():
        press(page, "KeyJ")
    second = page.url
    assert second != first
    with page.expect_navigation():
        press(page, "KeyK")
    assert page.url == first
    identifier = first.rpartition("/")[2]
    review = lambda: api(address, f"/api/events/{identifier}")["record"]["review"]  # noqa: E731
    with page.expect_navigation():
        press(page, "KeyA")
    assert review() == "accepted"
    assert page.url.split("?")[0] == second
    with page.expect_navigation():
        press(page, "KeyU")
    assert review() == "unreviewed"
    assert page.url.split("?")[0] == first
    assert "تراجع" in page.locator("[role=status]").inner_text()
    with page.expect_navigation():
        press(page, "KeyX")
    assert review() == "rejected"
    with page.expect_navigation():
        press(page, "KeyU")
    with page.expect_navigation():
        press(page, "KeyS")
    assert review() == "skipped"
    page.goto(first)
    press(page, "KeyE")
    assert page.locator("#correct").get_attribute("open") is not None
    page.goto(first)
    press(page, "Slash", shift=True)
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    press(page, "Slash")
    assert page.evaluate("document.activeElement.id") == "find"
    press(page, "KeyA")  # typing in a field is not a decision
    assert review() == "skipped"


def select(page: Any, words: str) -> None:
    """Select words of the text as a reader would."""
    page.evaluate(
        """(words) => {
        const text = document.querySelector("#text"), at = text.textContent.indexOf(words), range = document.createRange();
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        let seen = 0, node;
        while ((node = walker.nextNode())) {
          const end = seen + node.length;
          if (at >= seen && at < end) range.setStart(node, at - seen);
          if (at + words.length > seen && at + words.length <= end) range.setEnd(node, at + words.length - seen);
          seen = end;
        }
        getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        words,
    )
    page.wait_for_function("document.querySelector('#part').elements.words.value !== ''")


def test_correcting_a_party_by_selecting_text(page: Any, address: str) -> None:
    record = consult(address)
    page.goto(f"/review/{record['id']}")
    select(page, "الأمم المتحدة")
    page.keyboard.press("Digit4")
    assert page.locator("#part select[name=part]").input_value() == "mediator"
    with page.expect_navigation():
        page.locator("#part button").click()
    now = api(address, f"/api/events/{record['id']}")["record"]
    assert now["review"] == "corrected"
    names = {actor["id"]: actor for actor in now["actors"]}
    mediators = [names[third["actor"]] for third in now["event"]["third_parties"] if third["role"] == "mediator"]
    text = api(address, f"/api/articles/{record['article']}")["article"]["text"]
    assert [text[slice(*mediators[0]["mentions"][0])]] == ["الأمم المتحدة"]
    assert page.locator(".machine").count() == 1


def test_everything_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto("/review")
    identifier = page.url.rpartition("/")[2]
    page.get_by_text("Correct", exact=False).locator("xpath=ancestor-or-self::summary").first.click()
    page.locator("#correct select[name=status]").select_option("possible")
    page.get_by_role("button", name="Save correction").click()
    assert api(address, f"/api/events/{identifier}")["record"]["event"]["status"] == "possible"
    page.goto(f"/review/{identifier}")
    page.get_by_role("button", name="Undo").click()
    record = consult(address)
    page.goto(f"/review/{record['id']}")
    page.locator("#part input[name=words]").fill("الأُمم المتحدة")
    page.locator("#part select[name=part]").select_option("host")
    page.get_by_role("button", name="Set this part").click()
    assert any(
        third["role"] == "host"
        for third in api(address, f"/api/events/{record['id']}")["record"]["event"]["third_parties"]
    )
    page.locator("select[name=reason]").select_option("duplicate")
    page.get_by_role("button", name="Reject").click()
    assert api(address, f"/api/events/{record['id']}")["record"]["review"] == "rejected"
    page.goto(f"/article/{record['article']}")
    page.get_by_role("button", name="العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert f"/article/{record['article']}" in page.url
    context.close()


def test_two_reviewers_do_not_overwrite_each_other(page: Any, address: str) -> None:
    record = consult(address)
    page.goto(f"/review/{record['id']}?lang=en")
    body = json.dumps({"record": record["id"], "action": "correct", "changes": {"status": "possible"}}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{address}/api/review", body, {"content-type": "application/json"}))
    with page.expect_navigation():
        page.locator("button[value=accept]").click()
    assert page.locator("[role=alert]").count() == 1
    assert "محتمل" in page.locator("main").inner_text()
    assert api(address, f"/api/events/{record['id']}")["record"]["review"] == "corrected"


def test_splitting_and_merging_a_story(page: Any, address: str) -> None:
    story = api(address, "/api/stories?order=corroborated&limit=1")["items"][0]
    page.goto(f"/story/{story['id']}?lang=en")
    page.locator("details.decide summary").click()
    page.locator("input[name=record]").first.check()
    with page.expect_navigation():
        page.locator("form[action$=split] button").click()
    new = page.url.rpartition("/")[2]
    assert new != story["id"]
    page.goto(f"/story/{story['id']}")
    page.locator("details.decide summary").click()
    page.locator("input[name=other_id]").fill(new)
    with page.expect_navigation():
        page.locator("form[action$=merge] button").click()
    assert api(address, f"/api/stories/{story['id']}")["story"]["n_articles"] == story["n_articles"]


def test_searching_with_diacritics(page: Any) -> None:
    page.goto("/")
    page.locator("#find").fill("المُحَادَثَاتُ")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".hits > li").count() >= 5
    assert "محادثات" in page.locator("mark").first.inner_text()


def test_language_and_digits(page: Any) -> None:
    page.goto("/?day=2025-03-18")
    assert page.locator("html").get_attribute("lang") == "ar"
    assert "2025" in page.locator("h1").inner_text()
    with page.expect_navigation():
        page.locator("button[name=digits]").click()
    assert "٢٠٢٥-٠٣-١٨" in page.locator("h1").inner_text()
    assert "day=2025-03-18" in page.url
    with page.expect_navigation():
        page.locator("button[name=lang]").click()
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert "Today" in page.locator("h1").inner_text()


def test_printing(page: Any, address: str) -> None:
    page.goto(f"/article/{consult(address)['article']}")
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    assert page.locator("#text").is_visible()
    underline = page.locator("#text .k-trigger").first.evaluate("one => getComputedStyle(one).textDecorationLine")
    assert underline == "underline"
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_fits_on_paper(page: Any, address: str, language: str) -> None:
    """On A4 with Chromium's margins nothing is beyond the edge: paper does not scroll."""
    page.set_viewport_size({"width": 718, "height": 1000})
    page.emulate_media(media="print")
    for path in every_page(address):
        page.goto(path + ("&" if "?" in path else "?") + f"lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 718, path


def test_highlights_do_not_break_arabic_letters(page: Any, address: str) -> None:
    page.goto(f"/article/{consult(address)['article']}")
    widths = page.evaluate(
        """() => {
        const text = document.querySelector("#text"), width = (html) => {
          const one = document.createElement("span"); one.innerHTML = html; text.append(one);
          const found = one.getBoundingClientRect().width; one.remove(); return found;
        };
        const kinds = ["trigger", "party", "source", "cue", "when"], word = "وبالمحادثات", found = [];
        for (let cut = 1; cut < word.length; cut++) for (const kind of kinds) {
          const plain = width(word);
          found.push([plain, width(`${word.slice(0, cut)}<span class="m k-${kind} on">${word.slice(cut)}</span>`), kind + cut]);
          found.push([plain, width(`<span class="m k-party k-when">${word.slice(0, cut)}</span><span class="m k-${kind} k-source">${word.slice(cut)}</span>`), kind + cut]);
        }
        return found;
        }"""
    )
    assert len(widths) == 100
    for plain, marked, what in widths:
        assert abs(plain - marked) < 0.6, (what, plain, marked)


def test_mixed_cells_are_in_right_order(page: Any) -> None:
    """In an Arabic page ISO dates, negative numbers and ids stay in their order."""
    for language in ("ar", "en"):
        page.goto(f"/stories?lang={language}")
        order = page.evaluate(
            """() => [...document.querySelectorAll("td bdi[dir=ltr]")].filter((one) => one.textContent.length > 2).slice(0, 60).map((one) => {
              const node = one.firstChild, at = (i) => { const range = document.createRange(); range.setStart(node, i); range.setEnd(node, i + 1); return range.getBoundingClientRect().left; };
              return at(0) < at(node.length - 1);
            })"""
        )
        assert order
        assert all(order)
    page.goto("/stories?lang=ar")
    page.evaluate("document.querySelector('td.c-text bdi').textContent = 'عبد العاطي (Reuters) قال 2-3 مرات'")
    page.evaluate("document.querySelector('td.c-text bdi').style.whiteSpace = 'nowrap'")
    first, latin, last = page.evaluate(
        """() => { const node = document.querySelector('td.c-text bdi').firstChild, at = (i) => { const range = document.createRange();
        range.setStart(node, i); range.setEnd(node, i + 1); return range.getBoundingClientRect().left; };
        const text = node.textContent; return [at(0), at(text.indexOf("Reuters")), at(text.length - 1)]; }"""
    )
    assert first > latin > last


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_fit_their_window(page: Any, address: str, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in every_page(address):
        page.goto(path + ("&" if "?" in path else "?") + f"lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def every_page(address: str) -> list[str]:
    record = consult(address)
    story = api(address, "/api/stories?order=corroborated&limit=1")["items"][0]["id"]
    return [
        "/?day=2025-03-18", "/stories", f"/article/{record['article']}", f"/story/{story}", "/actors", "/actor/XGD", "/actor/per.demo-sawwan",
        "/channel", "/channel?a=XMJ&b=grp.demo-fajr", "/network", "/search?q=محادثات", f"/review/{record['id']}", "/log", "/code", "/login",
        "/tokens", "/api/docs", "/nothing", "/?day=2025-03-18&type=CONSULT&since=2025-03-01", "/?day=1999-01-01", "/stories?contested=1",
        f"/article/{record['article']}?event={record['id']}", "/actors?q=لا-أحد", "/actor/~3", "/channel?a=XMJ&b=nobody",
        "/network?since=1999-01-01&until=1999-01-02", "/search", "/search?q=لا-شيء-كهذا", "/search?q=-", "/log?target=none",
        f"/review/{record['id']}?state=skipped&last={record['id']}",
    ]  # fmt: skip


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core: from RAWI_AXE, or fetched with npm."""
    given = os.environ.get("RAWI_AXE")
    if given:
        return Path(given).read_text("utf-8")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm to fetch axe-core with, and RAWI_AXE does not name it")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run(
        [npm, "install", "--no-save", "--silent", "--prefix", str(folder), "axe-core@4"],
        capture_output=True,
        check=False,
    )
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        # A registry that does not answer says nothing about the pages: these tests alone are left out, and the run says so.
        pytest.skip(f"npm could not fetch axe-core: {done.stderr.decode()[:200]}")
    return script.read_text("utf-8")


def violations(page: Any, axe: str) -> list[tuple[str, str, list[str]]]:
    """Return the serious violations of a page, with all that folds open."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate(axe)
    return [
        (page.url, one["id"], [node["html"][:160] for node in one["nodes"][:2]])
        for one in page.evaluate("axe.run().then((result) => result.violations)")
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_serious_accessibility_violation(browser: Any, address: str, axe: str, language: str) -> None:
    context = browser.new_context(base_url=address, bypass_csp=True, locale=language)
    page = context.new_page()
    found = []
    for path in every_page(address):
        page.goto(path + ("&" if "?" in path else "?") + f"lang={language}")
        found += violations(page, axe)
    # What follows a decision: the record corrected, the correction refused, the keys shown, a text coded.
    record = consult(address)["id"]
    page.goto(f"/review/{record}")
    stale = context.new_page()
    stale.goto(f"/review/{record}")
    for one in (page, stale):
        one.locator("#correct summary").click()
        one.locator("#correct select[name=status]").select_option("possible")
        with one.expect_navigation():
            one.locator("#correct form > button").click()
        found += violations(one, axe)
    assert stale.locator("[role=alert]").count() == 1
    page.goto(f"/review/{record}")
    page.locator("button[data-opens=keys]").click()
    found += violations(page, axe)
    page.goto("/code")
    page.locator("textarea").fill("التقى وزير الخارجية الغدراني نظيره المرجاني في مرسان يوم السبت.")
    with page.expect_navigation():
        page.locator("form.paste button").click()
    assert page.locator(".event").count() == 1
    found += violations(page, axe)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in every_page(address)[:10]:
        page.goto(path)
        found += violations(page, axe)
    context.close()
    assert found == []
