"""The cases that the Rust tests read, through Python: fields by name, offsets in code points."""

import tomllib

import pytest
from conftest import ROOT

import copydesk as cd


def cases(name):
    with (ROOT / "tests" / "cases" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)["case"]


@pytest.mark.parametrize("case", [*cases("sentences"), *cases("newswire")], ids=lambda case: case["name"])
def test_sentences(case):
    assert [sentence.text for sentence in cd.sentences(case["text"])] == case["sentences"]


@pytest.mark.parametrize("case", cases("dates"), ids=lambda case: case["name"])
def test_dates(case):
    wanted = case.get("dates", [])
    got = cd.dates(case["text"], published=case.get("published"))
    assert len(got) == len(wanted), [date.text for date in got]
    for date, want in zip(got, wanted):
        for field, value in want.items():
            found = getattr(date, field)
            assert (",".join(found) if field == "alternatives" else str(found or "")) == value, field


@pytest.mark.parametrize("case", cases("entities"), ids=lambda case: case["name"])
def test_entities(case):
    got = cd.entities(case["text"])
    assert [entity.text for entity in got] == [want["text"] for want in case["entities"]]
    for entity, want in zip(got, case["entities"]):
        assert case["text"][entity.start : entity.end] == entity.text
        for field, value in want.items():
            held = getattr(entity, "entity_id" if field == "id" else field)
            assert (held if field == "id" else str(held or "")) == value, field


def found(quantity, field):
    """A field as the cases write it: a span is its text, nothing is an empty string or false."""
    if field == "no_value":
        return quantity.value is None
    value = getattr(quantity, field)
    if field == "agrees":
        return bool(value)
    return "" if value is None else getattr(value, "text", value)


@pytest.mark.parametrize("case", cases("quantities"), ids=lambda case: case["name"])
def test_quantities(case):
    wanted = case.get("quantities", [])
    got = cd.quantities(case["text"])
    assert len(got) == len(wanted), [q.text for q in got]
    for quantity, want in zip(got, wanted):
        for field, value in want.items():
            assert found(quantity, field) == (pytest.approx(value) if isinstance(value, float) else value), field


def told(quote, field):
    """A field of a quotation as the cases write it: content as a list of texts, nothing as an empty string."""
    if field == "content":
        return [span.text for span in quote.content]
    value = getattr(quote, field)
    return "" if value is None else getattr(value, "text", value)


@pytest.mark.parametrize("case", cases("quotes"), ids=lambda case: case["name"])
def test_quotes(case):
    wanted = case.get("quotes", [])
    got = cd.quotes(case["text"])
    assert len(got) == len(wanted), [q.text for q in got]
    for quote, want in zip(got, wanted):
        for field, value in want.items():
            assert told(quote, field) == value, field
        for span in [*quote.content, *filter(None, (quote.speaker, quote.cue))]:
            assert case["text"][span.start : span.end] == span.text


def claimed(claim, field):
    """A field of a claim as the cases write it: an empty cell is an empty string."""
    value = getattr(claim, field)
    return "" if value is None else getattr(value, "text", value)


@pytest.mark.parametrize("case", cases("claims"), ids=lambda case: case["name"])
def test_claims(case):
    wanted = case.get("claims", [])
    got = cd.claims(case["text"], published="2023-05-08")
    assert len(got) == len(wanted), [c.text for c in got]
    for claim, want in zip(got, wanted):
        for field, value in want.items():
            assert claimed(claim, field) == (pytest.approx(value) if isinstance(value, float) else value), field
