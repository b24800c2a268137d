from django.apps import AppConfig
from django.core.checks import register


class PapersConfig(AppConfig):
    name = "xingyun.papers"

    def ready(self) -> None:
        """Have the signing key looked at whenever the settings are checked."""
        from xingyun.papers.signing import key_can_be_used

        register(key_can_be_used)
