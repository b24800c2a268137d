"""Reading messages."""

from collections.abc import Collection

from django.db.models import QuerySet

from xingyun.messages.models import Message, Outbox


def of_user(user_id: int) -> QuerySet[Message]:
    """This person's messages, newest first."""
    return Message.objects.filter(user_id=user_id).order_by("-created_at", "-id")


def unread_count(user_id: int) -> int:
    """How many of them are unread."""
    return Message.objects.filter(user_id=user_id, read_at=None).count()


def letters_of(offices: Collection[int]) -> QuerySet[Outbox]:
    """The letters that these offices had sent, newest first."""
    return Outbox.objects.filter(office__in=offices).order_by("-id")
