"""Documents in the forms of other tools."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk as cd

TEXT = "Ana Lopes left Lima on 3 May 2021. She paid about $5m.\n\nAcme Corp gained 5%."


def test_displacy():
    doc = cd.parse(TEXT)
    drawn = doc.to_displacy("entities", "dates", "quantities")
    assert drawn["text"] == doc.text
    told = [(doc.text[ent["start"] : ent["end"]], ent["label"]) for ent in drawn["ents"]]
    assert told[:3] == [("Ana Lopes", "PERSON"), ("Lima", "GPE"), ("3 May 2021", "DATE")]
    assert ("about $5m", "money") in told and ("5%", "percent") in told
    with pytest.raises(ValueError, match="table='quotes' has no labels: use 'entities'"):
        doc.to_displacy("quotes")


def test_displacy_gets_a_title_that_is_escaped():
    title = "&lt;img src=x&gt; &amp; Lima"
    doc = cd.parse(f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>Ana Lopes left.</p></article></body></html>")
    assert doc.title == "<img src=x> & Lima"
    assert doc.to_displacy()["title"] == title
    assert cd.parse("Lima.").to_displacy()["title"] is None


def test_conll_reads_back():
    doc = cd.parse(TEXT)
    sentences = [block.split("\n") for block in doc.to_conll().rstrip("\n").split("\n\n")]
    assert len(sentences) == len(doc.sentences) == 3
    assert sentences[0][:4] == ["Ana\tB-PERSON", "Lopes\tI-PERSON", "left\tO", "Lima\tB-GPE"]
    assert [tag for _, tag in doc.to_iob("dates")[0]] == ["O"] * 5 + ["B-DATE", "I-DATE", "I-DATE", "O"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["Ana Lopes ", "Lima ", "Acme Corp", "said. ", "\n\n", "é", "😀 ", "$5m ", "’s ", "-"]), max_size=25).map("".join))
def test_tags_are_well_formed(text):
    doc = cd.parse(text, kind="text")
    for table in ("entities", "dates", "quantities"):
        tagged = doc.to_iob(table)
        assert len(tagged) == len(doc.sentences)
        for sentence, found in zip(doc.sentences, tagged):
            assert "".join(token for token, _ in found) == "".join(sentence.text.split())
            before = "O"
            for _, tag in found:
                assert tag == "O" or tag[:2] == "B-" or before[2:] == tag[2:] and before != "O"
                before = tag


def test_spacy():
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    made = cd.parse(TEXT).to_spacy(spacy.blank("en"))
    assert [(ent.text, ent.label_, ent.ent_id_) for ent in made.ents][:2] == [("Ana Lopes", "PERSON", "Ana Lopes"), ("Lima", "GPE", "Lima")]
    assert len(list(made.sents)) == 3
    assert [span.text for span in made.spans["dates"]] == ["3 May 2021"]
    assert {span.label_ for span in made.spans["quantities"]} >= {"money", "percent"}
