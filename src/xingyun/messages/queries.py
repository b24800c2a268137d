"""Reading messages."""

from django.db.models import QuerySet

from xingyun.messages.models import Message


def of_user(user_id: int) -> QuerySet[Message]:
    """This person's messages, newest first."""
    return Message.objects.filter(user_id=user_id).order_by("-created_at", "-id")


def unread_count(user_id: int) -> int:
    """How many of them are unread."""
    return Message.objects.filter(user_id=user_id, read_at=None).count()
