"""Fields of the form as markup, drawn once for every value that is shown.

Most fields of a page stand as they stood at the last look: drawing them was half the work of opening a
section. What a field looks like follows from `Shown`, the language and whether levels have stars, from
nothing else; nobody's name and no token of a session is in it.
"""

from functools import lru_cache

from django.template import engines
from django.utils.translation import get_language
from markupsafe import Markup

from xingyun.web.environment import one_level
from xingyun.web.fields import Shown

# Some 40 fields an application; a long text weighs a few kilobytes. Least used ones go first.
MOST = 2000


def field(shown: Shown) -> Markup:
    """The markup of a field, within its fieldset where it is locked."""
    return _field(shown, get_language() or "", one_level())


@lru_cache(maxsize=MOST)
def _field(shown: Shown, _language: str, _one_level: bool) -> Markup:
    macros = engines["jinja2"].env.get_template("enterprise/form_field.html").module  # type: ignore[attr-defined]
    return Markup(macros.placed(shown))  # made by an escaping template
