"""What the public told us, in the office of those who answer."""

from dabiao.kernel.actor import PUBLIC
from dabiao.programme.models import Feedback
from dabiao.programme.services import send_feedback
from office.story import Office, entries
from world import AT

LIST = "/office/feedback/"


def told(words: str = "标准第三项看不懂") -> Feedback:
    return send_feedback(topic="standards", words=words, contact="", by=PUBLIC, at=AT)


def test_those_who_answer_see_it_and_nobody_else(office: Office) -> None:
    row = told()
    for who in ("bureau_city", "organizer", "organizer_lead"):
        assert row.words in office.get(who, LIST)
        assert row.receipt not in office.get(who, f"{LIST}{row.pk}/")
    for who in ("industry_city", "bureau_district", "officer", "reviewer", "system_admin"):
        office.get(who, LIST, 403)
        office.get(who, f"{LIST}{row.pk}/", 403)


def test_it_is_answered_once(office: Office) -> None:
    row = told()
    url = f"{LIST}{row.pk}/"
    before = entries()
    assert "答复" in office.post("bureau_city", url, 422, reply=" ", version=1)
    assert entries() == before
    office.post("bureau_city", url, reply="已在说明中补充示例。", version=1)
    assert Feedback.objects.get().replied_by == "示例市应急管理局"
    assert "这条意见已经答复" in office.post("organizer", url, 422, reply="再答复一次", version=2)
    office.get("bureau_city", f"{LIST}999/", 404)


def test_the_list_is_filtered_and_exported(office: Office) -> None:
    row = told()
    assert row.words in office.get(
        "organizer", f"{LIST}?topic=standards&state=waiting&q=看不懂&sort=received"
    )
    assert "还没有意见" in office.get("organizer", f"{LIST}?topic=journey")
    assert office.as_("organizer").get(f"{LIST}export.xlsx").content.startswith(b"PK")
