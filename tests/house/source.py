"""The product's own source as syntax trees, read once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "dabiao"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(SRC).as_posix()

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def sources() -> tuple[Source, ...]:
    """Every module of the package but migrations."""
    paths = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
    return tuple(Source(path, path.read_text(), ast.parse(path.read_text())) for path in paths)


def length(function: Function) -> int:
    """Lines from the signature to the end, decorators apart."""
    return (function.end_lineno or function.lineno) - function.lineno + 1
