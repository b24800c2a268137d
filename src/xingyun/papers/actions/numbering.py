"""Document numbers: given when a paper is issued, in its own transaction, without gaps and never twice.

A paper shows its number, so it is set with the one that comes next; the transaction that issues it takes that
number behind a lock of the office's series, or is undone and tried with the next one. Nothing is set while
the lock is held, and what is undone takes no number.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.papers.models import DocumentNumber, Series
from xingyun.papers.permissions import may_word
from xingyun.papers.queries.numbers import Numbers, foreseen, series, year_of
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority

Made = TypeVar("Made")
# One of those that try at once always succeeds, so this many may issue in the same moment.
TRIES = 20
LONGEST = 40


class NumberMovedError(Conflict):
    """A colleague's paper has just taken the number."""


def in_turn(
    act: Callable[[Numbers], Made], *, authority: Authority, about: str, kinds: Iterable[str], now: datetime
) -> Made:
    """Issue papers with the numbers that come next; `act` sets them and takes the numbers as it issues.

    `act` is given no numbers where the office numbers its papers elsewhere.
    """
    wanted = tuple(kinds)
    for _again in range(TRIES - 1):
        try:
            return act(foreseen(series(authority), about, wanted, now))
        except NumberMovedError:
            continue
    return act(foreseen(series(authority), about, wanted, now))


def take_numbers(*, authority: Authority, about: str, numbers: Numbers, now: datetime) -> None:
    """Take these numbers for the papers of one matter, in the transaction that issues them.

    A number of the matter's that is not among them, because the paper fell away, is free again.
    Raises NumberMovedError when they are not the next ones any more.
    """
    held = Series.objects.select_for_update().filter(authority=authority).first()
    if foreseen(held, about, numbers, now) != numbers:
        raise NumberMovedError(_("同一时刻编出的文号太多。请再试一次，什么都没有丢失。"))
    if held is None:
        return
    own = DocumentNumber.objects.filter(about=about)
    own.exclude(kind__in=numbers).delete()
    known = set(own.values_list("kind", flat=True))
    year = year_of(now)
    DocumentNumber.objects.bulk_create(
        [
            DocumentNumber(
                authority=authority, year=year, n=_n(text), text=text, kind=kind, about=about, taken_at=now
            )
            for kind, text in numbers.items()
            if kind not in known
        ]
    )


def number_here(*, authority: Authority, prefix: str, after: int, actor: Actor, now: datetime) -> Series:
    """Have the office's numbers given here from now on, or change their prefix.

    `after` is the last number of this year that was given elsewhere; it can't change once one was given here.
    """
    may_word(actor, authority)
    prefix = _fit(prefix)
    if after < 0:
        raise Refused(_("已用到的号从 0 起。"), field="after")
    year = year_of(now)
    try:
        with transaction.atomic():
            held = Series.objects.select_for_update().filter(authority=authority).first()
            begun = (
                held is not None and DocumentNumber.objects.filter(authority=authority, year=year).exists()
            )
            if held is not None and begun and after != held.given_elsewhere(year):
                raise Refused(_("今年已经编过号，不能再改从几号编起。"), field="after")
            told = {"prefix": prefix, "year": year, "after": after}
            Series.objects.update_or_create(
                authority=authority, defaults={**told, "set_by_id": actor.person, "set_at": now}
            )
            stream = f"authority:{authority.key}"
            audit.append(stream=stream, act="numbers.given_here", actor=actor, body=told, now=now)
    except IntegrityError as error:
        raise Refused(_("别的单位已经在用这个机关代字。"), field="prefix") from error
    return Series.objects.get(authority=authority)


def number_elsewhere(*, authority: Authority, actor: Actor, now: datetime) -> None:
    """Leave numbering to the office's own system again; numbers that were given stay taken."""
    may_word(actor, authority)
    with transaction.atomic():
        gone, _kinds = Series.objects.filter(authority=authority).delete()
        if not gone:
            raise Refused(_("本单位的文号现在就不由系统编。"))
        stream = f"authority:{authority.key}"
        audit.append(stream=stream, act="numbers.given_elsewhere", actor=actor, body={}, now=now)


def _fit(prefix: str) -> str:
    prefix = prefix.strip()
    if not prefix:
        raise Refused(_("请填写机关代字，例如：云工信。"), field="prefix")
    if len(prefix) > LONGEST:
        raise Refused(_("机关代字最多 %s 字。") % LONGEST, field="prefix")
    if set(prefix) & set("〔〕[]（）()｛｝{}号0123456789 　"):
        raise Refused(_("只填机关代字，不带年份、括号和号数；年份和号数由系统接上。"), field="prefix")
    return prefix


def _n(text: str) -> int:
    return int(text.rpartition("〕")[2].removesuffix("号"))
