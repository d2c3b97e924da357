"""The project's own seeds, and the documents that the project was made for."""

import ast
import json

import pytest
from conftest import ROOT
from invariants import check

import copydesk

SEEDS = sorted((ROOT / "seeds").glob("0*"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_own_seeds(path):
    doc = copydesk.read(path)
    check(doc)
    assert doc.kind == {"list": "fragments", "text": "text", "page": "html"}[path.stem.split("_")[-1]]
    assert len(doc.blocks) >= 8 and len(doc.quantities) >= 5
    assert not any(mark in doc.text for mark in ("['", "</", "href=", "class=", "&amp;"))
    assert {left.kind for left in doc.dropped} & {"promo", "notice", "placeholder", "caption", "nav"}


@pytest.mark.parametrize("path", [path for path in SEEDS if path.stem.endswith("list")], ids=lambda path: path.name)
def test_a_list_reads_like_its_printed_form(path):
    printed = path.read_text(encoding="utf-8")
    listed = copydesk.parse(ast.literal_eval(printed))
    assert listed.text == copydesk.parse(printed).text
    assert listed.text == copydesk.parse(json.dumps(ast.literal_eval(printed))).text
    check(listed)


@pytest.mark.parametrize("path", [path for path in SEEDS if path.stem.endswith("list")], ids=lambda path: path.name)
def test_each_prefix_of_a_list_gives_a_document(path):
    printed = path.read_text(encoding="utf-8")
    for end in range(0, len(printed), 37):
        check(copydesk.parse(printed[:end]))


def gold(shared, name, what):
    lines = (shared / "seeds" / "gold" / f"{name}.{what}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", ["000", "002"])
def test_blocks_and_kinds_of_the_real_documents(shared, name):
    (path,) = (shared / "seeds").glob(f"{name}_*")
    doc = copydesk.read(path)
    check(doc)
    got = sorted([*doc.blocks, *doc.dropped], key=lambda block: block.source_start)
    assert [(b.kind, b.text) for b in got] == [(b["kind"], b["text"]) for b in gold(shared, name, "blocks")]


# The gold cuts "mistakes . . . which", set with thin spaces, at each of its dots; a reader does not.
CUT = ["mistakes\u2009.", ".", "."]


@pytest.mark.parametrize("name", ["000", "002"])
def test_sentences_of_the_real_documents(shared, name):
    (path,) = (shared / "seeds").glob(f"{name}_*")
    doc = copydesk.Desk(keep=["caption", "promo", "notice", "placeholder"]).read(path)
    want = []
    for sentence in gold(shared, name, "sentences"):
        joins = want and (want[-1].endswith(("mistakes\u2009.", "\u2009. .", "\u2009.\u2009.")) or sentence["text"] == ".")
        if joins:
            want[-1] += "\u2009" + sentence["text"]
        else:
            want.append(sentence["text"])
    assert [sentence.text for sentence in doc.sentences] == want


def test_the_third_document_leaves_out_what_is_no_article(shared):
    (path,) = (shared / "seeds").glob("001_*")
    doc = copydesk.read(path)
    check(doc)
    kinds = [left.kind for left in doc.dropped]
    assert kinds == ["placeholder", "caption", "placeholder", "caption", "promo", "notice"]
    assert len(doc.links) == 7 and all(link.href.startswith("http") for link in doc.links)
