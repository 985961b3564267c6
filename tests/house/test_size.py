"""Files and functions stay small enough to be held in the head."""

from statistics import median

from house.source import ROOT, length, sources

MOST_LINES = 400
LONGEST = 40
LONG = 30
BESIDE = ("tests/**/*.py", "bench/**/*.py", "tools/**/*.py", "frontend/**/*.[tj]s", "frontend/**/*.scss")


def test_no_file_is_too_long() -> None:
    long = [f"{source.name}: {source.lines} lines" for source in sources() if source.lines > MOST_LINES]
    assert not long, "split it by act or by subject: " + ", ".join(long)


def test_no_test_script_or_style_is_too_long() -> None:
    found = [path for pattern in BESIDE for path in ROOT.glob(pattern)]
    counted = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in found}
    assert {name for name, lines in counted.items() if lines > MOST_LINES} == set(), "split it by subject"
    assert all(any(ROOT.glob(pattern)) for pattern in BESIDE), "a pattern that finds nothing checks nothing"


def test_half_the_files_are_short() -> None:
    assert median(source.lines for source in sources()) <= 90


def test_functions_are_short() -> None:
    lengths = sorted(length(each) for source in sources() for each in source.functions())
    too_long = [
        f"{source.name}:{each.lineno} {each.name} ({length(each)})"
        for source in sources()
        for each in source.functions()
        if length(each) > LONGEST
    ]
    assert not too_long, "\n".join(too_long)
    assert median(lengths) < 9
    assert sum(each < LONG for each in lengths) / len(lengths) >= 0.9
