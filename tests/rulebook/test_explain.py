"""Nothing is left out of what is read back: every entry, and what is written beside its sentence."""

from collections.abc import Callable

import pytest
from tests.rulebook.conftest import ROOT, SECOND, examples

from xingyun.rulebook import Rulebook, load_folder, load_source
from xingyun.rulebook.explain import lines
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.shared import Named
from xingyun.rulebook.shape import walk

FOLDERS = (SECOND, *sorted((ROOT / "rulebooks").iterdir()))
BOOKS = {
    **{folder.name: load_folder(folder) for folder in FOLDERS},
    "manual": load_source({"manual.toml": examples("toml")}),
}


def _said(book: Rulebook, lang: str = "zh") -> str:
    return "\n".join(line.say(lang) for line in lines(book))


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_entry_is_named(name: str, lang: str) -> None:
    book = BOOKS[name]
    said = _said(book, lang)
    entries = [(v.path, v.entry.name.say(lang)) for v in walk(book, Document) if isinstance(v.entry, Named)]
    assert len(entries) > 50
    assert [(path, entry) for path, entry in entries if entry not in said] == []


CHANGES = [
    ("on = 2020-10-26", "on = 2020-10-31", "日期：2020年10月31日"),
    ("inclusive = true", "inclusive = false", "当天是否包含：否"),
    ("days = 5", "days = 9", "天数：9"),
    ("minutes = true\n", "", "办理步骤：经办、复核、签发\n"),
    ('countersigned_by = "finance"', 'countersigned_by = "competent"', "会签的部门：主管部门"),
    ('old_codes = ["370121"]', 'old_codes = ["370199"]', "旧区划代码：“370199”"),
    ('confirmed_online = "supports"', 'confirmed_online = "replaces"', "提供方在线确认的，可代替盖章的说明"),
    (
        'includes = ["public", "private"]',
        'includes = ["public"]',
        "“以上两种并互通”，包含：公有云\n",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), CHANGES, ids=[c[0][:30] for c in CHANGES])
def test_what_is_written_is_said(
    first: Rulebook, edited: Callable[..., Rulebook], old: str, new: str, said: str
) -> None:
    assert said not in _said(first)
    assert said in _said(edited((old, new)))


def test_a_question_names_what_it_asks_about(first: Rulebook) -> None:
    assert "所问的种类：所选的回答，所问：财务管理机构和制度是否健全" in _said(first)
    assert "所问的种类：材料是否齐备，所问：" in _said(first)
