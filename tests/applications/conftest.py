"""An open round and an enterprise that has begun its application."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from tests.factories.ground import Ground, make_enterprise, make_ground

from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.registry.actors import Actor
from xingyun.registry.models import Enterprise

HOME = "licheng"


@dataclass
class Begun:
    """A draft and the person who fills it in."""

    ground: Ground
    enterprise: Enterprise
    actor: Actor
    application: Application

    def fresh(self) -> Application:
        """The application as it is in the database."""
        return Application.objects.select_related("edition", "round", "dossier").get(pk=self.application.pk)


@pytest.fixture
def ground(db: None, now: datetime) -> Ground:
    """The first programme's round, open."""
    return make_ground(now)


@pytest.fixture
def begun(ground: Ground, now: datetime) -> Begun:
    """A draft of an activated enterprise."""
    enterprise, actor = make_enterprise(ground, HOME)
    application = actions.create(enterprise=enterprise, round=ground.round, actor=actor, now=now)
    return Begun(ground, enterprise, actor, application)
