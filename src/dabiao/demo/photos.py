"""Pictures for the demonstration: drawn, not taken, labelled 示例照片, with time and place as phones write.

The label's letters are kept here as dots, so that it reads the same where no Chinese font is installed.
"""

import io
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from random import Random

from PIL import ExifTags, Image, ImageDraw

from dabiao.base.clock import SHANGHAI

Draw = ImageDraw.ImageDraw
SIZE = (640, 480)
FLOOR = 330
LABEL_SIZE = (128, 32)
QUALITY = 78
CAMERA = "Camera"
MIDDLE = (Fraction(4010, 100), Fraction(11645, 100))  # degrees north and east
CITY, SITE = 25_000, 200  # how far units lie from the middle, and pictures from their unit; 1/100000 degree

Place = tuple[Fraction, Fraction]

LABEL = """
00000000000000000000000000000000
00000000038000380000000003c07800
0000000003bff0381ffbfff803c07800
07ffffe007bff0381ffbfff803c07800
07ffffe007bff7381ffbfff803c07800
07ffffe0070e07381e38383803c07800
07ffffe00f0e07381e38783803c07800
000000000f0e07381e38787803c07800
000000001f1e07381e39f3f803fffff0
000000001f1ff7381fffe3f003fffff0
000000003f1ff7381ffbc3e003fffff0
1ffffff83f3ff7381ffb800003fffff0
1ffffff83f3cf7381e39fff003c00000
1ffffff83f38e7381e39fff003c00000
1ffffff81f78e7381e39fff003c00000
0003c0000f78e7381e39c07003c00000
0003c0000ff5e7381e39c07003ffff00
0183c1800f7fe7381ff9c07007ffff00
03e3c7c00f2fc7381ff9fff007ffff00
03c3c3c00f07c7381ff9fff007ffff00
07c3c3e00f03c7381e01fff007800f00
0783c1e00f0387380000000007800f00
0f83c1f00f078038070018e00f000f00
0f03c0f00f078038079c78f00f000f00
1f03c0f80f0f00380f1c38f01f000f00
3e03c0780f1e00380f1c38781e000f00
1c03c0780f3e07f81e1e3c783e000f00
087fc0200f3c03f83e1e3c3c1c000f00
003fc0000f1803f01c1e3c380c000f00
003f80000f0000000400000008000f00
003e0000000000000000000000000000
00000000000000000000000000000000
"""


def somewhere(dice: Random) -> Place:
    """Where a unit lies, as far as its pictures tell."""
    return _around(MIDDLE, CITY, dice)


def photo(subject: str, taken: datetime, where: Place, dice: Random) -> bytes:
    """A JPEG that shows, roughly, what `subject` speaks of; equal arguments give equal bytes."""
    picture = Image.new("RGB", SIZE, _shade((216, 220, 224), dice))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, FLOOR, *SIZE), fill=_shade((168, 166, 160), dice))
    for _ in range(3):  # joints of the wall, so that no two are alike
        x = dice.randint(0, SIZE[0])
        draw.line((x, 0, x, FLOOR), fill=(196, 200, 204), width=2)
    _scene(subject)(draw, dice)
    _label(picture, taken)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, exif=_exif(taken, _around(where, SITE, dice)))
    return out.getvalue()


def _scene(subject: str) -> Callable[[Draw, Random], None]:
    for words, scene in SCENES:
        if any(word in subject for word in words):
            return scene
    return _machine


def _cabinet(draw: Draw, dice: Random) -> None:
    left = dice.randint(140, 260)
    draw.rectangle((left, 110, left + 190, 350), fill=(150, 158, 166), outline=(90, 96, 102), width=4)
    for row in range(3):
        for column in range(5):
            x, y = left + 22 + column * 31, 140 + row * 62
            draw.rectangle((x, y, x + 20, y + 40), fill=(245, 245, 240), outline=(80, 80, 80))
            draw.rectangle((x + 6, y + 8, x + 14, y + 20), fill=(30, 60, 110))


def _extinguisher(draw: Draw, dice: Random) -> None:
    for step in range(dice.randint(2, 3)):
        left = 180 + step * 110
        draw.rounded_rectangle((left, 190, left + 62, 370), 24, fill=(196, 30, 34))
        draw.rectangle((left + 22, 165, left + 40, 192), fill=(40, 40, 40))
        draw.ellipse((left + 18, 205, left + 44, 231), fill=(240, 240, 236), outline=(40, 40, 40))


def _corridor(draw: Draw, dice: Random) -> None:
    draw.polygon(((0, 480), (250, FLOOR), (390, FLOOR), (640, 480)), fill=(190, 188, 180))
    draw.rectangle((255, 150, 385, FLOOR), fill=(120, 132, 140), outline=(70, 78, 84), width=4)
    draw.rectangle((270, 112, 370, 144), fill=(20, 140, 70))
    if dice.random() < 0.5:  # noqa: PLR2004
        draw.rectangle((430, 300, 520, 380), fill=(176, 136, 84), outline=(120, 90, 50), width=3)


def _paper(draw: Draw, dice: Random) -> None:
    left = dice.randint(150, 230)
    draw.rectangle((left, 60, left + 270, 420), fill=(252, 252, 248), outline=(140, 140, 136), width=3)
    draw.rectangle((left + 70, 84, left + 200, 100), fill=(60, 60, 60))
    for row in range(13):
        width = dice.randint(150, 220)
        draw.rectangle((left + 24, 126 + row * 20, left + 24 + width, 131 + row * 20), fill=(150, 150, 150))
    draw.ellipse((left + 176, 330, left + 246, 400), outline=(200, 40, 40), width=5)


def _machine(draw: Draw, dice: Random) -> None:
    left = dice.randint(90, 200)
    draw.rectangle((left, 200, left + 330, 370), fill=(86, 124, 116), outline=(50, 76, 70), width=4)
    draw.rectangle((left + 40, 130, left + 150, 200), fill=(106, 146, 138), outline=(50, 76, 70), width=4)
    draw.ellipse((left + 215, 230, left + 295, 310), fill=(214, 176, 40), outline=(120, 96, 20), width=5)
    draw.ellipse((left + 60, 150, left + 84, 174), fill=(200, 30, 30))


SCENES: tuple[tuple[tuple[str, ...], Callable[[Draw, Random], None]], ...] = (
    (("配电", "线路", "用电", "电气"), _cabinet),
    (("灭火", "消防器材", "应急物资", "应急器材"), _extinguisher),
    (("通道", "出口", "宿舍", "车棚", "停放", "部位", "隔离"), _corridor),
    (("清单", "台账", "记录", "公示", "公告", "原件", "规程", "证", "承诺", "标志", "标签", "预案"), _paper),
)


def _label(picture: Image.Image, taken: datetime) -> None:
    """The words, and the moment under them."""
    dots = Image.frombytes("1", LABEL_SIZE, bytes.fromhex("".join(LABEL.split())))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((8, 8, 152, 66), fill=(0, 0, 0))
    picture.paste((255, 255, 255), (16, 11), dots)
    draw.text((16, 48), f"{taken.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", fill=(255, 255, 255))


def _shade(colour: tuple[int, int, int], dice: Random) -> tuple[int, int, int]:
    by = dice.randint(-12, 12)
    red, green, blue = colour
    return (red + by, green + by, blue + by)


def _exif(taken: datetime, where: Place) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Demo"
    exif[ExifTags.Base.Model] = CAMERA
    moment = f"{taken.astimezone(SHANGHAI):%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = moment
    north, east = where
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: _degrees(north),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: _degrees(east),
        }
    )
    return exif


def _around(middle: Place, far: int, dice: Random) -> Place:
    north, east = (each + Fraction(dice.randint(-far, far), 100_000) for each in middle)
    return north, east


def _degrees(value: Fraction) -> tuple[float, float, float]:
    whole = int(value)
    minutes = (value - whole) * 60
    return float(whole), float(int(minutes)), round(float((minutes - int(minutes)) * 60), 2)
