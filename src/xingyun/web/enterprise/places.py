"""From the place that a finding or a defect names to the page where it is mended, and what it is called."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.rulebook import Rulebook
from xingyun.web.addresses import url
from xingyun.web.wording import tell


class Place(NamedTuple):
    """Where something is mended."""

    href: str
    label: str


def place(application: Application, book: Rulebook, where: tuple[str, ...]) -> Place:
    """The page for a place such as ("form", "phone"); without an address where only an office can act."""
    kind, key = where[0], where[1] if len(where) > 1 else ""
    if kind == "form":
        return _form(application, book, key)
    if kind == "material":
        return Place(f"{at('application_evidence', application)}#m-{key}", _("证明材料"))
    if kind in ("domain", "checklist", "domains"):
        anchor = f"#d-{key}" if key else ""
        return Place(at("application_checklist", application) + anchor, _("业务及应用表"))
    pages = {
        "ledger": ("application_ledger", _("合同与发票")),
        "booklet": ("application_booklet", _("成册盖章")),
        "materials": ("application_evidence", _("证明材料")),
        "registration": ("enterprise_home", _("企业注册信息")),
    }
    if kind in pages:
        name, label = pages[kind]
        return Place(url(name) if kind == "registration" else at(name, application), label)
    return Place("", _("由受理单位核对"))


def named(place: str) -> tuple[str, ...]:
    """A place written as a return writes it: "form:phone" is ("form", "phone")."""
    return tuple(place.split(":", 1))


def at(name: str, application: Application, *more: object) -> str:
    """The address of one of the application's pages."""
    return url(name, application.uid, *more)


def _form(application: Application, book: Rulebook, key: str) -> Place:
    """A field of the form, or one of its sections."""
    if book.form.has(key):
        section = book.form.section(book.form.field(key).section)
        anchor = f"#f-{key}"
    else:
        section = next((s for s in book.form.sections if s.key == key), book.form.sections[0])
        anchor = ""
    return Place(at("application_form", application, section.key) + anchor, tell(section.name))
