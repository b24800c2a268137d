"""The product's own code, parsed once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "xingyun"


@cache
def modules() -> dict[str, ast.Module]:
    """Every module by its path below src/xingyun, migrations aside."""
    paths = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    return {str(path.relative_to(SOURCE)): ast.parse(path.read_text()) for path in sorted(paths)}


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str, ast.expr]]:
    """Every method call: the node, the method's name, what it is called on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr, node.func.value
