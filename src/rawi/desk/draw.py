"""Timelines and networks as SVG, drawn on the server; every drawing has a table beside it that says the same."""

from __future__ import annotations

import datetime
import math
import random
from collections.abc import Callable, Mapping, Sequence

import msgspec
from markupsafe import Markup

from rawi.analysis.timelines import Timeline
from rawi.desk.markup import safe

Label = Callable[[str], str]


class Dot(msgspec.Struct, frozen=True):
    """A side in a network, with its place."""

    key: str
    label: str
    x: float
    y: float
    size: float
    mediator: bool
    href: str


class Line(msgspec.Struct, frozen=True):
    """A tie of two sides."""

    a: str
    b: str
    count: int
    denied: bool
    label: str
    href: str


def draw_timeline(found: Timeline, *, rtl: bool, lane_label: Label, date_label: Label, title: str, hint: str) -> Markup:
    """Return a timeline: a lane a kind, a circle a report, a bar an uncertain date.

    Args:
        found: what to draw.
        rtl: earlier is on the right.
        lane_label: the words of a lane; ``date_label`` those of a date.
        title: what the drawing shows, for those who cannot see it; ``hint`` how to read it.
    """
    width, lane, head, side = 960, 44, 34, 150
    height = head + lane * len(found.lanes) + 12
    span = max((found.last - found.first).days, 1)

    def x_of(day: datetime.date) -> float:
        at = 44 + (width - side - 88) * (day - found.first).days / span
        return round(width - side - at if rtl else side + at, 1)

    # Strings put together by hand: a drawing may have hundreds of marks, and Markup.format is slow.
    parts = [_open(width, height, title, hint, "timeline")]
    for day in _ticks(found.first, found.last):
        x = x_of(day)
        parts.append(f'<line class="tick" x1="{x}" x2="{x}" y1="{head - 6}" y2="{height - 8}"/>')
        parts.append(
            f'<text class="when" x="{x}" y="18" text-anchor="middle">{safe(date_label(day.isoformat()))}</text>'
        )
    left, right = (0, width - side) if rtl else (side, width)
    for i, name in enumerate(found.lanes):
        y = head + lane * i + lane / 2
        at, anchor = (width - 4, "end") if rtl else (4, "start")
        parts.append(f'<line class="lane" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>')
        parts.append(
            f'<text class="lane-name" x="{at}" y="{y + 5}" text-anchor="{anchor}">{safe(lane_label(name))}</text>'
        )
    seen: dict[tuple[str, datetime.date], int] = {}
    for mark in found.marks:
        y = head + lane * found.lanes.index(mark.lane) + lane / 2
        n = seen[mark.lane, mark.first] = seen.get((mark.lane, mark.first), -1) + 1
        y += (0, -10, 10, -5, 5)[n % 5]
        x = x_of(mark.first)
        radius = round(min(5 + 2 * (mark.weight - 1), 11), 1)
        bar = ""
        if mark.last > mark.first:
            start, stop = sorted((x, x_of(min(mark.last, found.last))))
            bar = f'<rect x="{start}" y="{y - 2}" width="{max(stop - start, 4)}" height="4" rx="2"/>'
        label = safe(mark.label)
        parts.append(
            f'<a href="{safe(mark.link)}" class="mark s-{safe(mark.state)} r-{safe(mark.review)}" aria-label="{label}">'
            f'<title>{label}</title>{bar}<circle cx="{x}" cy="{y}" r="{radius}"/></a>'
        )
    parts.append("</svg>")
    return Markup("".join(parts))


def _ticks(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    span = (last - first).days
    step = next((days for days in (1, 2, 7, 14, 30, 91, 182, 365, 1826) if span / days <= 9), 3652)
    return [first + datetime.timedelta(days=n) for n in range(0, span + 1, step)]


def _open(width: float, height: float, title: str, hint: str, kind: str) -> str:
    # direction="ltr": in a page written from the right, text-anchor would turn round too.
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="group" aria-label="{safe(title)}" direction="ltr" '
        f'xmlns="http://www.w3.org/2000/svg"><desc>{safe(hint)}</desc>'
    )


def spread(
    keys: Sequence[str], ties: Mapping[tuple[str, str], int], *, rounds: int = 90
) -> dict[str, tuple[float, float]]:
    """Return places between 0 and 1 for the nodes of a network (Fruchterman and Reingold, always the same for the same network)."""
    chance = random.Random(len(keys))
    count = len(keys)
    if count == 0:
        return {}
    index = {key: i for i, key in enumerate(keys)}
    xs = [0.5 + 0.4 * math.cos(2 * math.pi * i / count) + chance.uniform(-0.01, 0.01) for i in range(count)]
    ys = [0.5 + 0.4 * math.sin(2 * math.pi * i / count) + chance.uniform(-0.01, 0.01) for i in range(count)]
    k = 0.9 / math.sqrt(count)
    edges = [(index[a], index[b], 1 + math.log(weight)) for (a, b), weight in ties.items() if a in index and b in index]
    rounds = max(20, min(rounds, 1500 // count))
    for turn in range(rounds):
        heat = 0.12 * (1 - turn / rounds)
        dx, dy = [0.0] * count, [0.0] * count
        for i in range(count):
            for j in range(i):
                ax, ay = xs[i] - xs[j], ys[i] - ys[j]
                push = k * k / (ax * ax + ay * ay + 1e-4)
                dx[i] += ax * push
                dy[i] += ay * push
                dx[j] -= ax * push
                dy[j] -= ay * push
        for i, j, weight in edges:
            ax, ay = xs[i] - xs[j], ys[i] - ys[j]
            pull = math.hypot(ax, ay) / k * weight * 0.5
            dx[i] -= ax * pull
            dy[i] -= ay * pull
            dx[j] += ax * pull
            dy[j] += ay * pull
        for i in range(count):
            dx[i] += (0.5 - xs[i]) * 0.6
            dy[i] += (0.5 - ys[i]) * 0.6
            size = math.hypot(dx[i], dy[i]) or 1.0
            xs[i] += dx[i] / size * min(size, heat)
            ys[i] += dy[i] / size * min(size, heat)
    return dict(zip(keys, _fill(xs, ys), strict=True))


def _fill(xs: list[float], ys: list[float]) -> list[tuple[float, float]]:
    """Stretch places over the whole square."""
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    wide, high = max(right - left, 1e-6), max(bottom - top, 1e-6)
    if len(xs) == 1:
        return [(0.5, 0.5)]
    return [(round((x - left) / wide, 4), round((y - top) / high, 4)) for x, y in zip(xs, ys, strict=True)]


def draw_network(dots: Sequence[Dot], lines: Sequence[Line], *, rtl: bool, title: str, hint: str) -> Markup:
    """Return a network; places of the dots are between 0 and 1. Room for labels is kept at the edges."""
    width, height, edge_x, edge_y = 960, 620, 110, 46
    place = {
        dot.key: (
            round(edge_x + ((1 - dot.x) if rtl else dot.x) * (width - 2 * edge_x), 1),
            round(edge_y + dot.y * (height - 2 * edge_y - 20), 1),
        )
        for dot in dots
    }
    parts = [_open(width, height, title, hint, "network")]
    for line in lines:
        if line.a in place and line.b in place:
            (x1, y1), (x2, y2) = place[line.a], place[line.b]
            label, thick = safe(line.label), round(1.2 + 1.6 * math.log(line.count + 1), 1)
            parts.append(
                f'<a href="{safe(line.href)}" class="tie{" denied" if line.denied else ""}" aria-label="{label}"><title>{label}</title>'
                f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke-width="{thick}"/></a>'
            )
    for dot in dots:
        (x, y), r = place[dot.key], dot.size
        shape = (
            f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r}" height="{2 * r}" transform="rotate(45 {x} {y})"/>'
            if dot.mediator
            else f'<circle cx="{x}" cy="{y}" r="{r}"/>'
        )
        parts.append(
            f'<a href="{safe(dot.href)}" class="node{" mediator" if dot.mediator else ""}">{shape}'
            f'<text x="{x}" y="{y + r + 18:.1f}" text-anchor="middle">{safe(dot.label)}</text></a>'
        )
    parts.append("</svg>")
    return Markup("".join(parts))
