"""A believable invented sheet: as many items as asked, in thirteen elements, with all that can print."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import islice

from PIL import Image, ImageDraw

from dabiao.sheets.documents.values import (
    DeductionLine,
    Edition,
    ElementRow,
    ItemLine,
    Member,
    Outcome,
    Picture,
    Rectification,
    SheetDocument,
    Signature,
    UnitFacts,
)
from dabiao.sheets.rules.values import Reason, Verdict

PRINTED = datetime(2026, 3, 16, 6, 30, tzinfo=UTC)
DIGEST = "7d1f0c5e9ab2438876cc10f3e94d5a61b08f2e7741d9c6352fae80b19d4477c3"
UNIT = "示例北方仓储物流有限公司"

ELEMENTS = (
    "安全生产目标",
    "组织机构和职责",
    "安全生产投入",
    "法律法规与安全管理制度",
    "教育培训",
    "生产设备设施",
    "作业安全",
    "隐患排查和治理",
    "重大危险源监控",
    "职业健康",
    "应急救援",
    "事故报告、调查和处理",
    "绩效评定和持续改进",
)

PARTS = ("制度建设", "过程控制", "现场管理", "记录与改进")

REQUIREMENTS = (
    (
        "建立本要素的管理制度，明确职责、流程、频次和记录要求，并以正式文件发布。",
        "缺少职责或流程的，每处扣 1 分。",
    ),
    (
        "每年至少一次对制度的适用性进行评审，评审结果形成记录；法律法规或工艺设备变化时及时修订，"
        "修订后的文本发放到相关岗位，作废文本收回。",
        "未按期评审的，每次扣 1 分。",
    ),
    ("按计划开展检查，检查记录填写完整，发现的问题有整改责任人和期限。", "记录不完整的，每处扣 1 分。"),
    (
        "仓库内货物堆放符合“五距”要求：垛距不小于 1 m，墙距、柱距、灯距、顶距不小于 0.5 m。\n"
        "主要通道宽度不小于 2 m，并划线标识。",
        "不符合要求的，每处扣 1 分；扣满 5 分的，追加扣除 10 分。",
    ),
    ("消防通道、安全出口保持畅通，疏散指示标志和应急照明完好有效。", "标志或照明失效的，每处扣 1 分。"),
    ("叉车等场内机动车辆按期检验，驾驶人员持证上岗，行驶速度不超过 5 km/h。", "未按期检验的，每台扣 1 分。"),
    ("相关台账、记录至少保存 3 年，能够随时查阅。", "记录缺失的，每缺一项扣 1 分。"),
)


def document(items: int = 164, pictures: int = 7) -> SheetDocument:
    lines = _with_pictures(_lines(items), pictures)
    rows = _rows(lines)
    full, absent = sum(r.full for r in rows), sum(r.not_applicable for r in rows)
    obtained = sum(r.obtained for r in rows)
    score = Decimal(obtained * 100) / Decimal(full - absent)
    return SheetDocument(
        title="企业安全生产标准化自评报告",
        occasion="企业自评",
        number="ZP-2026-000123",
        unit=_unit(),
        edition=Edition(
            "仓储物流企业安全生产标准化评定标准（示例）",
            "SL-2025",
            "sha256:" + DIGEST[::-1],
            date(2026, 3, 1),
        ),
        outcome=Outcome(full, absent, full - absent, obtained, 0, score, "二级", reasons=_reasons()),
        elements=rows,
        items=lines,
        printed_at=PRINTED,
        begun=date(2026, 3, 2),
        ended=date(2026, 3, 13),
        people=_people(),
        rectifications=_rectifications(lines),
        signatures=_signatures(),
        digest=DIGEST,
        verification="https://dabiao.example/verify/ZP-2026-000123/7d1f0c5e9ab24388",
    )


def named(name: str, items: int = 6) -> SheetDocument:
    """A small sheet of a unit with this name, without pictures."""
    small = document(items, 0)
    return replace(small, unit=replace(small.unit, name=name))


def photograph(number: int, size: tuple[int, int] = (1600, 1200)) -> bytes:
    image = Image.new("RGB", size, (188 - number * 9, 196, 172 + number * 8))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, size[1] * 2 // 3, *size), fill=(122, 118, 110))
    for shelf in range(5):
        left = 120 + shelf * 290
        pen.rectangle((left, 320, left + 200, 900), outline=(60, 80, 110), width=14, fill=(214, 190, 142))
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def handwriting() -> bytes:
    image = Image.new("RGBA", (500, 200), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.line([(40 + x * 9, 100 + ((x * 37) % 70) - 35) for x in range(46)], fill=(20, 20, 60, 255), width=6)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _unit() -> UnitFacts:
    return UnitFacts(
        name=UNIT,
        uscc="91110000MA00000001",
        address="北京市通州区示例路 8 号院 3 号楼",
        industry="G5990 其他仓储业",
        principal="示例甲",
        head_count=186,
        areas=("冷库", "有限空间", "充电场所"),
    )


def _lines(count: int) -> tuple[ItemLine, ...]:
    share = -(-count // len(ELEMENTS))
    every = (
        _line(element, place, n * share + place)
        for n, element in enumerate(ELEMENTS)
        for place in range(share)
    )
    return tuple(islice(every, count))


def _line(element: str, place: int, index: int) -> ItemLine:
    outer = ELEMENTS.index(element) + 1
    requirement, phrase = REQUIREMENTS[index % len(REQUIREMENTS)]
    inner = 1 + place // 4
    line = ItemLine(
        number=f"{outer}.{inner}.{place % 4 + 1}",
        element=f"{outer}.{inner} {PARTS[inner - 1]}",
        within=f"{outer} {element}",
        requirement=requirement,
        points=5000 if place % 3 else 8000,
        veto=index % 40 == 17,
    )
    return _answered(line, phrase, index)


def _answered(line: ItemLine, phrase: str, index: int) -> ItemLine:
    if index % 13 == 5:
        return replace(line, verdict=Verdict.NOT_APPLICABLE, obtained=0, reason="本单位不设该类作业场所。")
    if index % 6 == 3:
        count = 1 + index % 3
        cut = DeductionLine(phrase, count, count * 1000, words="2 号库东侧抽查三处，现场已拍照")
        words = "抽查 2 号库、4 号库，垛距不足 1 m，已要求当日整改。"
        return replace(
            line, verdict=Verdict.DEDUCTED, obtained=line.points - cut.points, deductions=(cut,), words=words
        )
    words = "查阅制度汇编及 2025 年度记录，符合要求。" if index % 4 == 0 else ""
    return replace(line, verdict=Verdict.CONFORMS, obtained=line.points, words=words)


def _with_pictures(lines: tuple[ItemLine, ...], count: int) -> tuple[ItemLine, ...]:
    taken = iter(_picture(number) for number in range(count))
    return tuple(
        replace(line, pictures=tuple(islice(taken, 2))) if line.verdict is Verdict.DEDUCTED else line
        for line in lines
    )


def _picture(number: int) -> Picture:
    return Picture(
        digest=DIGEST[number:] + DIGEST[:number],
        image=photograph(number) if number != 4 else b"not a picture",
        caption=f"{number % 4 + 1} 号库货架区垛距测量",
        taken_at=datetime(2026, 3, 5, 2, 10, tzinfo=UTC) + timedelta(minutes=7 * number),
        place="北纬 39.90°，东经 116.66°",
    )


def _rows(lines: tuple[ItemLine, ...]) -> tuple[ElementRow, ...]:
    titles = dict.fromkeys(line.within for line in lines)
    return tuple(_row(title, [line for line in lines if line.within == title]) for title in titles)


def _row(title: str, lines: list[ItemLine]) -> ElementRow:
    full = sum(line.points for line in lines)
    absent = sum(line.points for line in lines if line.verdict is Verdict.NOT_APPLICABLE)
    obtained = sum(line.obtained or 0 for line in lines)
    rate = Fraction(obtained, full - absent) if full > absent else None
    return ElementRow(
        title, full, absent, full - absent, obtained, rate=rate, answered=len(lines), items=len(lines)
    )


def _reasons() -> tuple[Reason, ...]:
    return (
        Reason(
            "评定得分达到二级标准（不低于 80 分），未达到一级标准。", "本评定标准 第 4.2 条", "2025-01-01"
        ),
        Reason(
            "安全绩效等级为二级；取得分等级与安全绩效等级中较低者。",
            "企业安全生产标准化建设定级办法 第八条",
            "2021-11-01",
        ),
        Reason("未触发否决项。"),
    )


def _people() -> tuple[Member, ...]:
    return (
        Member("示例甲", "主要负责人", "安全生产知识和管理能力考核合格证 示例 0001"),
        Member("示例乙", "安全管理员、自评组长", "注册安全工程师 示例 0002"),
        Member("示例丙", "自评员", "自评员培训合格 示例 0003"),
    )


def _rectifications(lines: tuple[ItemLine, ...]) -> tuple[Rectification, ...]:
    hit = [line for line in lines if line.verdict is Verdict.DEDUCTED][:6]
    return tuple(
        Rectification(
            line.number,
            "2 号库东侧第 3 排货垛与墙体间距约 0.3 m，小于规定的 0.5 m。",
            "移垛并重新划线；仓库主管每班巡查，纳入交接班记录。",
            "示例丙",
            date(2026, 4, 10),
            "整改中",
        )
        for line in hit
    )


def _signatures() -> tuple[Signature, ...]:
    return (
        Signature("企业主要负责人", "示例甲", datetime(2026, 3, 14, 1, 5, tzinfo=UTC), DIGEST, handwriting()),
        Signature("自评组长", "示例乙", datetime(2026, 3, 14, 1, 9, tzinfo=UTC), DIGEST),
        Signature("从业人员代表"),
    )
