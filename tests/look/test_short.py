"""What is cut says so."""

from dabiao.look.short import short


def test_what_fits_stays_and_what_is_cut_says_so() -> None:
    assert short("安全检查", 4) == "安全检查"
    assert short("安全检查表", 4) == "安全检…"
    assert short("安全 检查表", 4) == "安全…"
