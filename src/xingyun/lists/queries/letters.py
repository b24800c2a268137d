"""The list that goes with an asking letter: whom a body is asked about, with room for its answers."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from xingyun.documents.tables import Column, Value
from xingyun.lists.queries.columns import known
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.queries import asking
from xingyun.reviews.states import AnswerField
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of

ASKED = ("number", "name", "uscc", "authority", "level")
WIDTHS = {AnswerField.FOUND: 12, AnswerField.REMARK: 40, AnswerField.SOURCE: 24}
STEP = 500


def blanks() -> list[Column]:
    """The columns that the body fills in; by their headings they are known when they come back."""
    asked = (field for field in AnswerField if field not in (AnswerField.USCC, AnswerField.NAME))
    return [Column(str(field.label), width=WIDTHS.get(field, 14)) for field in asked]


def hint() -> str:
    """What the body is told to write."""
    return _("结果请写“没有”或“有”；有的，请写明记录的日期、文号和情况。其他各列不要改。")


def letter(
    actor: Actor, office: Authority, round_: Round, condition: str, today: date
) -> tuple[int, Callable[[Callable[[int], None]], Iterator[Sequence[Value]]]]:
    """How many enterprises are to be asked for, and their rows; `each` is told how many there were so far.

    Raises NotAllowed where the check is not this office's.
    """
    book = rulebook_of(round_.edition)
    task = asking.task(book, office.key, condition)
    found = asking.concerned(actor, round_, task).filter(asking.waiting(task, today))
    columns = known(book)
    paths = [columns[key].path for key in ASKED]
    room = [""] * len(blanks())

    def rows(each: Callable[[int], None]) -> Iterator[Sequence[Value]]:
        plain = found.order_by("authority_id", "number").values_list(*paths)
        for n, raw in enumerate(plain.iterator(chunk_size=2_000), 1):
            told = (columns[key].tell for key in ASKED)
            yield [*(tell(one) if tell else one for one, tell in zip(raw, told, strict=True)), *room]
            if n % STEP == 0 or n == expected:
                each(n)

    expected = found.order_by().count()
    return expected, rows
