"""What no line of the product does."""

import ast
import re

import pytest
from tests.laws.code import SOURCE, calls, modules

from xingyun.jobs.registry import discover

WRITES = {
    "save", "create", "update", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
    "acreate", "aupdate", "adelete", "asave", "raw", "execute", "executemany", "select_for_update",
}  # fmt: skip
TEXTS = {".py", ".html", ".txt", ".js", ".css", ".typ", ".po", ".sql"}
NO_DATABASE = {"documents", "rulebook"}
# Names that mean a table or one of its rows: what is written is the database.
DICTIONARY_LIKE = {"update", "delete", "create", "save", "raw", "execute"}
WRITERS = re.compile(r"(^|/)actions(/|\.py$)")
# Why: the record and the queue write through their actions; these send statements that are no queryset's.
EXCUSED = {
    "config/middleware.py": {"execute"},
    "config/backup.py": {"execute"},
    "config/restore.py": {"execute"},
    "web/health.py": {"execute"},
}


def writes(tree):
    """Calls that write the database, as far as a look at the code can tell."""
    for node, name, target in calls(tree):
        if name in WRITES and (name not in DICTIONARY_LIKE or is_database(node, name, target)):
            yield node.lineno, name


def is_database(node, name, target):
    """Whether an everyday method name is called on a queryset, a manager, a row or a cursor.

    `dict.update` takes a mapping; a queryset's takes keywords only. `hash.update(x)` takes one value.
    """
    text = ast.unparse(target)
    if name in {"execute", "raw"}:
        return name == "execute" or "objects" in text
    if "objects" in text or re.search(r"\.(filter|exclude|all|order_by)\(", text):
        return True
    if name == "update":
        return (
            bool(node.keywords)
            and not node.args
            and not re.search(r"(context|headers|attrs|options|globals|filters)$", text)
        )
    if name == "save":
        return True
    return name == "delete" and not re.search(r"(cookie|response|session|cache|client)", text)


def test_only_actions_write():
    found = [
        f"src/xingyun/{path}:{line} .{name}()"
        for path, tree in modules().items()
        if not WRITERS.search(path) and path.split("/")[0] not in NO_DATABASE
        for line, name in writes(tree)
        if name not in EXCUSED.get(path, ())
    ]
    assert found == []


@pytest.mark.parametrize("code", [
    "Application.objects.create(a=1)", "application.save()", "rows.filter(pk=1).update(state='x')",
    "visible_to(actor).filter(x=1).delete()", "queryset.update(state=new)", "Row.objects.bulk_create(rows)",
    "cursor.execute('DELETE FROM x')", "Row.objects.get_or_create(a=1)", "row.delete()",
])  # fmt: skip
def test_the_test_sees_writers(code):
    assert list(writes(ast.parse(code)))


@pytest.mark.parametrize("code", [
    "known.update({1: 2})", "hasher.update(piece)", "context.update(a=1)", "tool.create(1)",
    "response.delete_cookie('x')", "rows.filter(pk=1)", "rows.count()",
])  # fmt: skip
def test_the_test_lets_others_be(code):
    assert not list(writes(ast.parse(code)))


def test_no_place_and_no_programme_is_named():
    """They live in rulebooks/ and in the demo's data."""
    found = [
        f"{path.relative_to(SOURCE)}:{number}: {line.strip()[:60]}"
        for path in sorted(SOURCE.rglob("*"))
        if path.suffix in TEXTS and not {"data", "node_modules"} & set(path.relative_to(SOURCE).parts)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"济南|三星|jinan", line, re.IGNORECASE)
    ]
    assert found == []


def test_no_signals_and_no_generic_keys():
    banned = {"receiver", "GenericForeignKey", "post_save", "pre_save", "post_delete", "pre_delete"}
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom | ast.Import) and banned & {alias.name for alias in node.names}
    ]
    assert found == []


def test_there_are_no_junk_drawers():
    junk = {"utils", "helpers", "common", "util", "misc"}
    assert [path for path in modules() if junk & set(path.removesuffix(".py").split("/"))] == []


def test_files_are_small():
    assert [path for path in modules() if len((SOURCE / path).read_text().splitlines()) > 400] == []


def test_every_kind_of_work_that_is_asked_for_is_known():
    asked = {
        keyword.value.value
        for tree in modules().values()
        for node, name, _target in calls(tree)
        if name == "enqueue"
        for keyword in node.keywords
        if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant)
    }
    assert asked
    assert asked <= set(discover())


def test_no_merge_was_left_half_done():
    marks = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.MULTILINE)
    files = [p for p in SOURCE.rglob("*") if p.suffix in TEXTS]
    assert [str(p) for p in files if marks.search(p.read_text("utf-8"))] == []
