"""The span rules on real pages, on mutated ones, and on what hypothesis thinks of."""

import json
import lzma
import os
import random
from pathlib import Path

from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants import check

import copydesk as cd

MUTATIONS = int(os.environ.get("COPYDESK_MUTATIONS", "2000"))
"""`make torture` asks for a hundred times as many."""
SOUP = ["<p>", "</p>", "<table>", "<td>", "</table>", "<b>", "<a href='x'>", "<!--", "-->", "&amp;", "&#8217;", "<br>", "\x00",
        "\r\n", "\u202e", "\u2009", " ", "5 km", "A. ", "“", "”", "<svg>", "<template>", "<pre>\n", "é", "😀", "<li>", "</"]


def pages(shared):
    with lzma.open(shared / "data" / "markup" / "fundus-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["html"] for line in lines]


def mutated(page, other, rng):
    """One of five edits: cut off, a hole, a repeat, a splice, soup."""
    at = rng.randrange(len(page))
    end = min(len(page), at + rng.randrange(1, 3000))
    soup = "".join(rng.choice(SOUP) for _ in range(rng.randrange(1, 100)))
    edits = [
        lambda: page[:at],
        lambda: page[:at] + page[end:],
        lambda: page[:end] + page[at:end] * rng.randrange(1, 8) + page[end:],
        lambda: page[:at] + other[rng.randrange(len(other)) :],
        lambda: page[:at] + soup + page[at:],
    ]
    return rng.choice(edits)()


def test_pages(shared):
    long = 0
    for page in (all_pages := pages(shared)):
        doc = cd.parse(page)
        check(doc)
        assert doc.title
        long += len(doc.text) > 250
    # One page keeps its article in a script.
    assert long >= len(all_pages) - 1


def bases():
    """Our own articles, and the development pages where they are."""
    own = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.*"))]
    folder = Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared")
    return own + ([page for page in pages(folder) if len(page) < 120_000] if folder.is_dir() else [])


def test_mutated_pages():
    small = bases()
    for first in range(0, MUTATIONS, 500):
        rng = random.Random(7 + first)
        count = min(500, MUTATIONS - first)
        corpus = cd.parse_many([mutated(rng.choice(small), rng.choice(small), rng) for _ in range(count)])
        assert len(corpus.failures) == 0
        for doc in corpus:
            check(doc)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SOUP) | st.text(max_size=12), max_size=40).map("".join))
def test_any_text_gives_a_document(source):
    for kind in ("auto", "html", "fragments", "text"):
        check(cd.parse(source, kind=kind))
    assert cd.parse(source).text == cd.clean(source)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=8))
def test_a_list_is_its_printed_form(fragments):
    printed = cd.parse(repr(fragments), kind="fragments")
    check(printed)
    assert printed.text == cd.parse(fragments).text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_stages_take_text_as_it_is(text):
    for span in [*cd.sentences(text), *cd.dates(text, published="2024-05-17"), *cd.quantities(text)]:
        assert text[span.start : span.end] == span.text


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document(data):
    try:
        check(cd.parse(data))
    except ValueError as error:
        assert "byte order mark" in str(error)
