from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self) -> None:
        """Read what each app declares before the first mail is posted."""
        autodiscover_modules("mail_kinds")
