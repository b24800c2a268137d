"""The public's lists while nothing happens: on the day of the results everybody opens the same two pages.

A page is laid out once and given to whoever comes without a name, until the second is over or somebody acts:
every act is recorded, so the newest entry of the record says whether there was one.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.utils.translation import get_language

from xingyun.audit.queries import newest
from xingyun.clock import now

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
# So many pages are kept: of lists, languages and themes there are few, of addresses as many as one likes.
MOST = 64
TOKEN = re.compile(rb'<input type="hidden" name="csrfmiddlewaretoken" value="[^"]*">')
# Where each visitor's own token stands; nobody can write it.
MARK = secrets.token_bytes(24).hex().encode()
# What names a person, or has something to tell one.
OWN = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)

_pages: OrderedDict[Hashable, bytes] = OrderedDict()
_lock = Lock()


def while_nothing_happens(view: View[P]) -> View[P]:
    """The view's page as it was laid out last, for anonymous visitors, if nothing has happened since."""

    @wraps(view)
    def kept(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "GET" or any(name in request.COOKIES for name in OWN):
            return view(request, *args, **kwargs)
        at, theme = request.build_absolute_uri(), request.COOKIES.get("theme", "")
        key = (at, get_language(), theme, int(now().timestamp()), newest())
        page = _pages.get(key)
        if page is not None:
            return HttpResponse(page.replace(MARK, csrf_input(request).encode()))
        answer = view(request, *args, **kwargs)
        if answer.status_code == 200:
            _keep(key, TOKEN.sub(MARK, answer.content))
        return answer

    return kept


def _keep(key: Hashable, page: bytes) -> None:
    with _lock:
        _pages[key] = page
        while len(_pages) > MOST:
            _pages.popitem(last=False)
