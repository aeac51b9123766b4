"""`manage.py story`: the stage. The play itself is `portal.story`."""

import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.story.play import tell
from portal.story.telling import StoryBroken
from portal.supervisor.refusal import CannotStart
from portal.supervisor.scratch import scratch_house


class Command(BaseCommand):
    help = (
        "Tells the whole story once through the real actions, workers and web server, in a "
        "throw-away database; exits 0 only if every step held."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--played-at", default="", help="used by the command itself")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["played_at"]:
            self._play(options["played_at"])
        else:
            self._raise_curtain()

    def _raise_curtain(self) -> None:
        """Set the stage, and clear it away however the play ends."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            with scratch_house(
                purpose="story",
                database_url=settings.DATABASE_URL,
                redis_url=settings.REDIS_URL,
                secret_key=settings.SECRET_KEY,
            ) as house:
                house.prepare()
                address = house.start_web()
                house.start_worker()
                if house.manage("story", "--played-at", address):
                    raise CommandError("The story did not hold.")
        except CannotStart as problem:
            raise CommandError(str(problem)) from problem

    def _play(self, address: str) -> None:
        try:
            tell(address)
        except StoryBroken as problem:
            raise CommandError(f"This step did not hold: {problem}") from problem
