"""Who does what is measured."""

from xingyun.accounts.models import User
from xingyun.applications.models import Application
from xingyun.registry.queries import members_of


def filler(application: Application) -> str:
    """The user name of somebody who fills this application in."""
    return User.objects.get(pk=members_of(application.enterprise_id)[0]).username
