"""An enterprise, and a browser without a screen signed in as its person."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from tests.factories.ground import Ground, make_enterprise

from xingyun.accounts.models import User
from xingyun.registry.actors import Actor
from xingyun.registry.models import Enterprise


@dataclass
class Party:
    """An enterprise with its person, signed in."""

    enterprise: Enterprise
    actor: Actor
    client: Client


def make_party(ground: Ground, authority: str = "licheng", **more: Any) -> Party:
    enterprise, actor = make_enterprise(ground, authority, **more)
    return Party(enterprise, actor, signed_in(actor))


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client
