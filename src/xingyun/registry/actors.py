"""Who is acting: one person with all seats and enterprises, loaded once a request."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from xingyun import audit
from xingyun.audit.errors import NotAllowed
from xingyun.registry.states import Role

OFFICIAL = frozenset({Role.PREPARER, Role.REVIEWER, Role.SIGNATORY})


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in an authority, with what pages need to show of it."""

    authority_id: int
    authority_key: str
    authority_name: str
    tier: str
    parent_id: int | None
    role: str


@dataclass(frozen=True, slots=True)
class Post:
    """A role in an enterprise."""

    enterprise_id: int
    enterprise_name: str
    state: str
    role: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and everything it may act for. `id` and `label` are what audit entries keep."""

    user_id: int | None
    label: str
    seats: tuple[Seat, ...] = ()
    posts: tuple[Post, ...] = ()
    unread: int = 0
    # Acting for a colleague: the label says for whom.
    stands_in: bool = False

    @property
    def id(self) -> str:
        """The actor's id in audit entries."""
        return f"user:{self.user_id}" if self.user_id else "anonymous"

    @property
    def person(self) -> int:
        """The user's id, for acts that a person must answer for. Raises NotAllowed for nobody."""
        if self.user_id is None:
            raise NotAllowed(_("请先登录。"))
        return self.user_id

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is signed in."""
        return self.user_id is not None

    def holds(self, role: str, authority_id: int) -> bool:
        """Whether this person has this role in this authority."""
        return any(seat.role == role and seat.authority_id == authority_id for seat in self.seats)

    def serves(self, authority_id: int) -> bool:
        """Whether this person prepares, reviews or signs for this authority."""
        return any(seat.authority_id == authority_id and seat.role in OFFICIAL for seat in self.seats)

    def seats_in(self, authority_key: str) -> bool:
        """Whether this person prepares, reviews or signs for the authority of this key."""
        return any(seat.authority_key == authority_key and seat.role in OFFICIAL for seat in self.seats)

    def acts_for(self, enterprise_id: int) -> bool:
        """Whether this person fills in for this enterprise."""
        return any(post.enterprise_id == enterprise_id for post in self.posts)

    def authorities(self, *roles: str) -> tuple[int, ...]:
        """The ids of the authorities where this person has one of these roles (any, when none is named)."""
        return tuple(
            dict.fromkeys(seat.authority_id for seat in self.seats if not roles or seat.role in roles)
        )

    @property
    def is_auditor(self) -> bool:
        """Whether this person reads everything and changes nothing."""
        return any(seat.role == Role.AUDITOR for seat in self.seats)

    @property
    def is_admin(self) -> bool:
        """Whether this person looks after users and the system."""
        return any(seat.role == Role.ADMIN for seat in self.seats)


ANONYMOUS = Actor(user_id=None, label="")


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The system itself, for jobs and deadlines."""

    id: str = audit.SYSTEM.id
    label: str = audit.SYSTEM.label


SYSTEM = SystemActor()
