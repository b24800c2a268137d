"""People who sign in. What they may do is a membership, one floor up (`registry`)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Looks people up by the name they sign in with."""


class User(AbstractBaseUser):
    """One person. `post` is what others see of an official ("审核岗 02"); `name` is personal data."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64, blank=True)
    post = models.CharField(max_length=64, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    is_active = models.BooleanField(default=True)
    # The address was shown to be this person's; only to such a one goes the way to a new password.
    email_verified_at = models.DateTimeField(null=True)
    # Somebody else knows the password; at the next signing in a new one is chosen first.
    must_change = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    @property
    def label(self) -> str:
        """How this person appears in records and to others: the post, never the name."""
        return self.post or self.username

    @property
    def audit_id(self) -> str:
        """The actor's id in audit entries, which hold no foreign keys."""
        return f"user:{self.pk}"
