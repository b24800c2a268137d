"""The Jinja2 environment of every page: escaping always on, Django's translations, our filters."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from xingyun.web import in_view, wording
from xingyun.web.addresses import url
from xingyun.web.frame import FRAME
from xingyun.web.translating import gettext, said


def environment(**options: Any) -> Environment:
    """Make the environment; Django passes loader and autoescape."""
    env = Environment(
        **{**options, "undefined": StrictUndefined},
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["ext.i18n.trimmed"] = True
    # Looked up at each call, so that every request speaks its own language.
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(_=said, gettext=said)
    # The names of the built files don't change under a process, and a page asks for eight.
    env.globals["static"] = lru_cache(maxsize=256)(static)
    env.globals.update(url=url, icons=static("icons.svg"), clause_url=clause_url)
    env.globals["one_level"] = one_level
    env.filters.update(FILTERS)
    return env


FILTERS = {
    "clause": wording.clause,
    "clause_id": wording.clause_id,
    "clock_time": wording.clock_time,
    "day": wording.day,
    "full_day": wording.full_day,
    "last_day": wording.last_day,
    "number": wording.number,
    "remaining": wording.remaining,
    "days_left": wording.days_left,
    "second": wording.second,
    "seconds_left": wording.seconds_left,
    "size": wording.size,
    "tell": wording.tell,
    "until": wording.until,
    "wan": wording.wan,
    "weekday": wording.weekday,
    "when": wording.when,
    "yuan": wording.yuan,
}


def one_level() -> bool:
    """Whether the edition that the page speaks of has a single level, which needs no stars."""
    book = in_view.book()
    return book is not None and len(book.levels) == 1


def clause_url(ref: str, edition: str = "") -> str:
    """Where a clause is explained: in the edition of that digest, else of the page, else of who has it."""
    digest = edition or _edition_of(ref)
    page = url("notice_of", digest[:12]) if digest else url("notice")
    return f"{page}#{wording.clause_id(ref)}"


def _edition_of(ref: str) -> str:
    """Among several programmes the digest of the edition that has the clause; empty where there is one."""
    frame = FRAME.get()
    if not frame.several:
        return ""
    if (book := in_view.book()) is not None:
        return book.digest
    return next((own.digest for own in frame.programmes.values() if ref in own.refs), "")
