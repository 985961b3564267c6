"""Clauses on screens: by title, with their text where it is on file; never by identifier."""

from django.template import Context, Template

from dabiao.look.citing import Cited, cited


def test_a_clause_of_ours_has_title_and_text() -> None:
    found = cited("uplift/19")
    assert found.title.startswith("《")
    assert found.text


def test_what_is_no_clause_of_ours_stands_for_itself() -> None:
    assert cited("示例市工业主管部门文件") == Cited("示例市工业主管部门文件")


def test_the_tag_opens_the_text_and_shows_no_identifier() -> None:
    drawn = Template("{% load look %}{% basis clause %}").render(Context({"clause": "uplift/19"}))
    assert "<details" in drawn
    assert "uplift/19" not in drawn


def test_the_tag_draws_nothing_for_nothing() -> None:
    assert Template("{% load look %}{% basis clause %}").render(Context({"clause": ""})).strip() == ""


def test_the_filter_names_a_clause_in_a_sentence() -> None:
    drawn = Template("{% load look %}{{ clause|clause }}、{{ other|clause }}").render(
        Context({"clause": "uplift/2", "other": "《示例条例》第三条"})
    )
    assert drawn.startswith("《关于推进")
    assert drawn.endswith("、《示例条例》第三条")
    assert "uplift/2" not in drawn
