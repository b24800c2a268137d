from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "xingyun.messages"
    # Django ships an app of the same name.
    label = "outbox"
