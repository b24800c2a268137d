"""Enterprises that have handed in before the journey begins: `python -m tests.journeys.neighbours PLACE:LEVEL …`.

PLACE is an office's key, LEVEL the one applied for. The n-th one signs in as `enterprise-n`. Their books are
blank pages; the enterprises that the journey follows make real ones. `PLACE:LEVEL:bound` is everything but
handed in. Prints a line for each: name, application, a session that is signed in.
"""

import sys
from datetime import timedelta
from importlib import import_module

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from tests.factories.applications import bind, make_application  # noqa: E402
from tests.factories.ground import Ground  # noqa: E402

from xingyun.accounts.models import User  # noqa: E402
from xingyun.clock import now  # noqa: E402
from xingyun.registry.models import Membership  # noqa: E402
from xingyun.registry.queries import actor_for  # noqa: E402
from xingyun.rounds.queries import current_round, rulebook_of  # noqa: E402


def main(wanted: list[str]) -> None:
    """Let them apply by the same acts that a person would use."""
    round_ = current_round()
    assert round_ is not None, "the rehearsal opens one"
    seats = Membership.objects.select_related("user", "authority")
    people = {(seat.authority.key, seat.role): actor_for(seat.user) for seat in seats}
    moment = now() - timedelta(hours=1)
    ground = Ground(round_, rulebook_of(round_.edition), moment, people)
    for word in wanted:
        place, level, *rest = word.split(":")
        state = "draft" if rest else "submitted"
        made = make_application(ground, state=state, level=level, authority=place, now=moment)
        if rest == ["bound"]:
            bind(made, now=moment)
        print(made.enterprise.name, made.application.uid, session(made.actor.person), sep="\t")


def session(user_id: int) -> str:
    """A session of this user, as signing in makes it."""
    user = User.objects.get(pk=user_id)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


if __name__ == "__main__":
    main(sys.argv[1:])
