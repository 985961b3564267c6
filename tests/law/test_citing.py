"""A clause id becomes the words people cite, and its own text."""

from pathlib import Path

import pytest

from dabiao import law
from dabiao.law import citing

POLICY = Path(__file__).parents[3] / "shared" / "policy"


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("mem-2021-83/9", "《企业安全生产标准化建设定级办法》第九条"),
        ("bj-2014-55", "《关于进一步推进企业安全生产标准化建设若干激励政策》"),
        ("uplift/s2", "《关于推进安全生产标准化工作提质增效的指导意见》第四部分（二）（加强工作总结）"),
    ],
)
def test_a_clause_is_cited_as_people_do(clause: str, words: str) -> None:
    assert law.clause_title(clause) == words


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (83, "八十三")]
)
def test_articles_are_counted_in_chinese(number: int, words: str) -> None:
    assert citing.chinese(number) == words


def test_an_unknown_document_is_named() -> None:
    with pytest.raises(law.UnknownParameter, match=r"没有名为 quality-2016 的文件.*quality-2015"):
        law.clause_title("quality-2016/4")


def test_a_document_not_on_file_has_no_text() -> None:
    assert (law.clause("mem-2021-83/9"), law.clause_text("mem-2021-83/9")) == (None, "")


def test_the_two_documents_are_complete() -> None:
    items = set(citing.clauses())
    assert {f"quality-2015/{n}" for n in range(1, 10)} <= items
    assert {f"uplift/{n}" for n in range(1, 23)} <= items
    assert {"uplift/goals", *(f"uplift/s{n}" for n in range(1, 6))} <= items


@pytest.mark.parametrize("name", ["quality-2015", "uplift"])
def test_the_texts_are_the_documents_own_words(name: str) -> None:
    path = POLICY / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"没有政策原文 {path.name}，未逐字比对")
    original = "".join(path.read_text().split())
    for clause in citing.clauses().values():
        if clause.id.startswith(f"{name}/"):
            assert clause.title in original
            assert clause.text in original, clause.id


def test_the_general_standard_is_replaced() -> None:
    old = law.instruments()["gb-t-33000-2016"]
    assert (old.status, old.replaced_by, str(old.replaced_on)) == (
        "replaced",
        "gb-t-33000-2025",
        "2025-10-31",
    )
