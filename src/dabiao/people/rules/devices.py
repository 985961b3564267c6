"""What a browser calls itself, in words somebody recognises their own device by."""

from typing import Final

# The first that is found counts: Edge also says Chrome, Chrome also says Safari, Android also says Linux.
SYSTEMS: Final = (
    ("HarmonyOS", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
BROWSERS: Final = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)


def named(agent: str) -> str:
    """Such as: Windows 电脑，Edge 浏览器."""
    said = [_first(agent, SYSTEMS), _first(agent, BROWSERS)]
    return "，".join(each for each in said if each) or "其他设备"


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((words for mark, words in known if mark in agent), "")
