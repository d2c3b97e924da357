"""Pictures of claims and places, drawn by matplotlib: `pip install "copydesk[plot]"`.

Each function takes a document, a corpus, a table or a frame of rows that you chose yourself, draws on `ax` or on a figure of its own, and
returns the axes, for you to add to.

>>> import copydesk as cd
>>> from copydesk import plot
>>> corpus = cd.parse_many(["The army said more than 40 people died in Lima.", "The mayor said 55 people died."])
>>> axes = plot.quantities(corpus, what="people")
>>> [label.get_text() for label in axes.get_yticklabels()]
['army', 'mayor']
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ._copydesk import Corpus, Document, Table, _gazetteer
from ._marks import amount_of, compact, cut

try:
    import matplotlib.pyplot as plt
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.colors import to_rgb
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.patches import Patch, Rectangle
except ImportError:
    raise ImportError('copydesk.plot needs matplotlib: pip install "copydesk[plot]"') from None

Row = dict[str, Any]
Point = tuple[float, float]

STANCES = {
    "assert": "#6b7280",
    "claim": "#e29400",
    "confirm": "#009173",
    "announce": "#2373e1",
    "estimate": "#16a3b8",
    "demand": "#9155d7",
    "deny": "#d73749",
    "hedged": "#b08968",
    "no_statement": "#9ca3af",
}
"""The colour of each stance."""

INK = "#777d86"
"""The colour of words: 4.2 to 1 on white, 4.5 to 1 on JupyterLab's dark."""

PLACE = "#d73749"
"""The colour of a place and its name."""

ARROW = 26
"""How long the arrow of an open end is, in points."""

MOST = 30
"""Rows of a timeline and of `quantities`."""


def _rows(data: Any, table: str) -> list[Row]:
    """The rows of a table as dicts, None for what is missing."""
    if isinstance(data, Document):
        data = data.to_arrow(table)
    elif isinstance(data, Corpus):
        data = data.table(table)
    if isinstance(data, Table):
        return data.to_pylist()
    if hasattr(data, "to_dicts"):
        return list(data.to_dicts())
    if hasattr(data, "notna"):
        return list(data.astype(object).where(data.notna(), None).to_dict("records"))
    raise TypeError(f"data={type(data).__name__} has no rows: pass a Document, a Corpus, a Table or a frame of {table}")


def _axes(ax: Axes | None, width: float, height: float) -> Axes:
    """The axes that were given as they are, or axes on a ground that is not there, whose words can be read on light and on dark."""
    if ax is None:
        figure, ax = plt.subplots(figsize=(width, height), layout="constrained")
        # Not transparent but not drawn: behind what is transparent, and has words of one lightness, notebooks put a ground of their own.
        for ground in (figure.patch, ax.patch):
            ground.set_visible(False)
        for words in (ax.title, ax.xaxis.label, ax.yaxis.label):
            words.set_color(INK)
        ax.tick_params(colors=INK)
        ax.spines[:].set_color(INK)
    ax.spines[["top", "right", "left"]].set_visible(False)
    return ax


def _plain(text: str, length: int = 60) -> str:
    """One line without what a font has no glyph for."""
    return cut("".join(c for c in " ".join(text.split()) if c.isprintable()), length)


def _write(ax: Axes, x: Any, y: Any, text: str, *, beside: tuple[float, float] = (0, 0), **style: Any) -> None:
    """Text at a place, or so many points beside it. "$5m to $10m" is no formula."""
    style.setdefault("color", ax.xaxis.label.get_color())
    ax.annotate(_plain(text), (x, y), beside, textcoords="offset points", parse_math=False, **style)


def _ink_on(color: str) -> str:
    """Black or white, whichever stands out from the colour more (relative luminance, WCAG 2)."""
    red, green, blue = (((value + 0.055) / 1.055) ** 2.4 for value in to_rgb(color))
    return "black" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "white"


def _name_rows(ax: Axes, names: Sequence[str]) -> None:
    ax.set_yticks(range(len(names)), [_plain(name, 32) for name in names])
    for label in ax.get_yticklabels():
        label.set_parse_math(False)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(names) - 0.4, -0.6)


def _key(ax: Axes, rows: Iterable[Row]) -> None:
    """The stances that occur, with their colours, above the picture."""
    stances = [stance for stance in STANCES if any(row["stance"] == stance for row in rows)]
    handles = [Patch(color=STANCES[stance], label=stance) for stance in stances]
    if handles:
        legend = ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(handles), frameon=False, fontsize="small")
        for words in legend.get_texts():
            words.set_color(ax.xaxis.label.get_color())


def source_of(row: Row) -> str:
    """Who makes a claim: the name, else the words, else what kind of source it is."""
    return str(row["source_name"] or row["source"] or row["source_type"])


def timeline(data: Any, *, most: int = MOST, ax: Axes | None = None) -> Axes:
    """The claims that have a date, each a bar from the first day to the last, the earliest on top, coloured by stance.

    most: how many are drawn; claims that somebody makes go before what the narrator says.
    """
    rows = [row for row in _rows(data, "claims") if row["event_from"] is not None and row["event_to"] is not None]
    rows = sorted(rows, key=lambda row: row["source_type"] == "narrator")[:most]
    rows.sort(key=lambda row: (row["event_from"], row["event_to"]))
    first = min((row["event_from"] for row in rows), default=None)
    last = max((row["event_to"] for row in rows), default=None)
    ax = _axes(ax, 9, 0.8 + 0.32 * max(len(rows), 1))
    for y, row in enumerate(rows):
        color = STANCES.get(row["stance"], "#6b7280")
        ax.plot([row["event_from"], row["event_to"]], [y, y], color=color, linewidth=5, solid_capstyle="round")
        ax.plot(row["event_from"], y, "o", color=color, markersize=5)
        # On the side where there is more room.
        if row["event_from"] - first > last - row["event_to"]:
            _write(ax, row["event_from"], y, row["text"], beside=(-9, 0), va="center", ha="right", fontsize="small")
        else:
            _write(ax, row["event_to"], y, row["text"], beside=(9, 0), va="center", fontsize="small")
    _name_rows(ax, [source_of(row) for row in rows])
    ax.margins(x=0.04)
    if rows:
        dates = AutoDateLocator(maxticks=6)  # type: ignore[no-untyped-call]
        ax.xaxis.set_major_locator(dates)
        ax.xaxis.set_major_formatter(ConciseDateFormatter(dates))  # type: ignore[no-untyped-call]
    ax.grid(axis="x", alpha=0.25)
    _key(ax, rows)
    return ax


def _ends(row: Row) -> tuple[float, float, bool, bool]:
    """The least and the most that the words allow, and whether they are open below and above."""
    value, low, high = row["value"], row["low"], row["high"]
    if value is None:
        value = low if low is not None else high
    below = row["bound"] in ("less_than", "at_most")
    above = row["bound"] in ("more_than", "at_least", "vague")
    return (value if low is None else low), (value if high is None else high), below, above


def _draw_amount(ax: Axes, y: int, row: Row) -> None:
    low, high, below, above = _ends(row)
    color = STANCES.get(row["stance"], "#6b7280")
    ax.plot([low, high], [y, y], color=color, linewidth=5, solid_capstyle="round", alpha=0.55)
    hollow = row["bound"] in ("about", "nearly", "vague")
    ax.plot([low, high], [y, y], "o", color=color, markerfacecolor="none" if hollow else color, markersize=6)
    for is_open, at, to in ((above, high, ARROW), (below, low, -ARROW)):
        if is_open:
            arrow = {"arrowstyle": "<-", "color": color, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", (at, y), (to, 0), textcoords="offset points", arrowprops=arrow)
    _write(ax, high, y, row["text"], beside=(ARROW + 6 if above else 9, 0), va="center", fontsize="small")


def quantities(
    data: Any, *, what: str | None = None, unit: str | None = None, most: int = MOST, ax: Axes | None = None
) -> Axes:
    """Who says how many: one line a claim, its value or its range, with an arrow where it is open ("more than 40").

    A ring instead of a dot is a number that is said to be no more than near. The scale is logarithmic where the largest is a hundred
    times the smallest or more.

    what: only claims whose words for what is counted hold this ("people").
    unit: only claims in this unit ("USD"); where neither is given, the unit that most claims are in.
    """
    rows = [row for row in _rows(data, "claims") if any(row[end] is not None for end in ("value", "low", "high"))]
    if what is not None:
        rows = [row for row in rows if what.casefold() in str(row["what"] or "").casefold()]
    if unit is None:
        units = Counter(row["unit"] for row in rows)
        unit = units.most_common(1)[0][0] if units else None
    rows = [row for row in rows if row["unit"] == unit]
    rows = sorted(rows, key=lambda row: row["source_type"] == "narrator")[:most]
    rows.sort(key=lambda row: (source_of(row), _ends(row)))
    ax = _axes(ax, 9, 0.9 + 0.32 * max(len(rows), 1))
    ends = [end for row in rows for end in _ends(row)[:2]]
    log = bool(ends) and min(ends) > 0 and max(ends) / min(ends) >= 100
    if log:
        ax.set_xscale("log")
    for y, row in enumerate(rows):
        _draw_amount(ax, y, row)
    _name_rows(ax, [source_of(row) for row in rows])
    ax.margins(x=0.08)
    ax.xaxis.set_major_formatter(lambda value, _: compact(value))
    ax.set_xlabel(_plain(" ".join(part for part in (what, unit) if part)), parse_math=False)
    ax.grid(axis="x", alpha=0.25)
    _key(ax, rows)
    return ax


def _matrix_column(row: Row) -> str:
    return _plain(str(row["what"] or row["unit"] or "").casefold(), 24)


def matrix(data: Any, *, sources: int = 12, columns: int = 8, ax: Axes | None = None) -> Axes:
    """Sources down, what they speak of across, and in each cell the amounts, on the colour of the first one's stance.

    sources, columns: how many are drawn, those of which most is said first. The narrator is left out.
    """
    rows = [row for row in _rows(data, "claims") if row["source_type"] != "narrator" and _matrix_column(row)]
    rows = [row for row in rows if row["value"] is not None or row["low"] is not None or row["high"] is not None]
    across = [name for name, _ in Counter(map(_matrix_column, rows)).most_common(columns)]
    written = {_matrix_column(row): _plain(str(row["what"] or row["unit"]), 24) for row in reversed(rows)}
    rows = [row for row in rows if _matrix_column(row) in across]
    down = [name for name, _ in Counter(map(source_of, rows)).most_common(sources)]
    cells: defaultdict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if source_of(row) in down:
            cells[down.index(source_of(row)), across.index(_matrix_column(row))].append(row)
    ax = _axes(ax, 2.6 + 1.25 * max(len(across), 1), 1.2 + 0.42 * max(len(down), 1))
    for (y, x), found in cells.items():
        color = STANCES.get(found[0]["stance"], "#6b7280")
        ax.add_patch(Rectangle((x - 0.47, y - 0.43), 0.94, 0.86, color=color, linewidth=0))
        told = ", ".join(dict.fromkeys(amount_of(row, compact) for row in found))
        _write(ax, x, y, cut(told, 20), color=_ink_on(color), ha="center", va="center", fontsize="x-small")
    _name_rows(ax, down)
    ax.set_xticks(range(len(across)), [written[name] for name in across], rotation=25, ha="left")
    for label in ax.get_xticklabels():
        label.set_parse_math(False)
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0)
    ax.set_xlim(-0.6, max(len(across), 1) - 0.4)
    ax.spines["bottom"].set_visible(False)
    _key(ax, [row for found in cells.values() for row in found])
    if legend := ax.get_legend():
        legend.set_loc("upper left")
        legend.set_bbox_to_anchor((0, 0))
    return ax


def _window(lons: Sequence[float], lats: Sequence[float]) -> tuple[float, float, float, float]:
    """The part of the world that is drawn: the places with some room around them, and no less than a few degrees."""
    def spread(values: Sequence[float], least: float, bottom: float, top: float) -> tuple[float, float]:
        middle, half = (min(values) + max(values)) / 2, max((max(values) - min(values)) * 0.62, least)
        return max(middle - half, bottom), min(middle + half, top)

    if not lons:
        return -180, 180, -60, 80
    return *spread(lons, 6, -180, 180), *spread(lats, 4, -60, 80)


def _free(ax: Axes, common: Iterable[tuple[Point, int]], names: dict[Point, str]) -> Iterator[tuple[Point, str]]:
    """The names that have room on the map, the most frequent first."""
    taken: list[tuple[float, float, float, float]] = []
    for at, _ in common:
        text = _plain(names[at], 28)
        left, bottom = ax.transData.transform(at) * 72 / ax.figure.dpi
        box = left, bottom, left + 7 + 6 * len(text), bottom + 12
        if all(box[0] > b[2] or b[0] > box[2] or box[1] > b[3] or b[1] > box[3] for b in taken):
            taken.append(box)
            yield at, text


def places(data: Any, *, most: int = 25, ax: Axes | None = None) -> Axes:
    """A map of the places that are named, larger where they are named more often; the `most` frequent ones have their names, where there is room.

    Nothing is loaded: the ground is the gazetteer itself, a faint dot for each of the 164,000 places that copydesk knows, which
    shows coasts and valleys where people live. Degrees are drawn as they are, at the right proportion for the middle of the map.

    data: a document, a corpus, or rows with `lat`, `lon` and `canonical` or `place`.
    """
    counts: Counter[Point] = Counter()
    names: dict[Point, str] = {}
    for row in _rows(data, "entities"):
        if row["lat"] is not None and row["lon"] is not None:
            at = row["lon"], row["lat"]
            counts[at] += 1
            names.setdefault(at, str(row.get("canonical") or row.get("place") or row.get("text") or ""))
    west, east, south, north = _window([lon for lon, _ in counts], [lat for _, lat in counts])
    stretch = 1 / max(math.cos(math.radians((south + north) / 2)), 0.2)
    ax = _axes(ax, 9, min(max(9 * (north - south) * stretch / (east - west), 3), 9))
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect=stretch)
    ax.spines["bottom"].set_visible(False)
    ground = np.frombuffer(_gazetteer(), dtype="<f4").reshape(-1, 2)
    lats, lons = ground[:, 0], ground[:, 1]
    seen = (lons > west) & (lons < east) & (lats > south) & (lats < north)
    size = 0.5 if seen.sum() > 20_000 else 2.2 if seen.sum() > 3_000 else 7
    ax.scatter(lons[seen], lats[seen], s=size, color="#7d8b99", alpha=0.3, linewidths=0, rasterized=True)
    common = counts.most_common()
    for (lon, lat), count in common:
        ax.plot(lon, lat, "o", color=PLACE, alpha=0.75, markersize=4 + 2 * math.sqrt(count), markeredgecolor="white", zorder=3)
    for at, text in _free(ax, common[:most], names):
        _write(ax, *at, text, beside=(7, 4), color=PLACE, fontsize="small", weight="bold", zorder=4)
    return ax
