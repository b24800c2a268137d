"""Administrators who leave at one moment: somebody stays."""

import pytest
from tests.factories.ground import make_ground, make_user
from tests.reviews.test_races import together

from xingyun.accounts.models import User
from xingyun.audit.errors import Refused
from xingyun.registry import actions
from xingyun.registry.actors import SYSTEM
from xingyun.registry.states import Role

pytestmark = pytest.mark.django_db(transaction=True)


def seated(name, ground, now):
    user = make_user(name, now)
    actions.add_seat(user=user, authority=ground.authority("city"), role=Role.ADMIN, actor=SYSTEM, now=now)
    return user


def test_of_all_administrators_one_stays(now):
    ground = make_ground(now)
    for n in range(4):
        pair = [seated(f"admin-{n}-{k}", ground, now) for k in range(2)]
        others = User.objects.exclude(pk__in=[one.pk for one in pair])
        others.update(is_active=False)
        left = together(*[lambda u=u: actions.dismiss(user=u, actor=SYSTEM, now=now) for u in pair])
        assert sum(isinstance(one, list) for one in left) == 1, left
        assert sum(isinstance(one, Refused) for one in left) == 1, left
        assert User.objects.filter(pk__in=[one.pk for one in pair], is_active=True).count() == 1
