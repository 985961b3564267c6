"""A register of units as a city might send it: believable names, checked codes, any number of lines."""

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random

import xlsxwriter

from dabiao.demo.words.reading import profiles, telling
from dabiao.organisations.rules.codes import complete
from world import World

HEADS = ("企业名称", "统一社会信用代码", "管辖区", "属地", "行业", "规模", "从业人数", "地址", "主要负责人")
SIZES = ("微型", "微型", "微型", "小型", "小型", "中型", "大型")


def lines(world: World, many: int, first: int = 0) -> Iterator[tuple[str, ...]]:
    """`many` units numbered from `first`: the same number is the same unit."""
    dice, brands = Random(first), telling()["brands"]
    places = [(area.name, world.bodies[f"street_{key}"].name) for key, area in world.jurisdictions.items()]
    for number in range(first, first + many):
        profile, (area, street) = dice.choice(profiles()), dice.choice(places)
        brand = dice.choice(brands) + dice.choice(brands)
        yield (
            f"示例{brand}{dice.choice(profile.business)}{number % 997}{profile.ending}",
            complete(f"91110108{number:09d}"),
            area,
            street,
            "34",
            dice.choice(SIZES),
            str(dice.randint(1, 800)),
            f"{area}示例路{dice.randint(1, 998)}号",
            "示例负责人",
        )


def written(file: Path, found: Iterator[tuple[str, ...]]) -> Path:
    """As csv or as a workbook, by the ending."""
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(chain([HEADS], found))
        return file
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    for place, line in enumerate(chain([HEADS], found)):
        sheet.write_row(place, 0, line)
    book.close()
    return file
