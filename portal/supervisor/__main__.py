"""The command line: `run`, or `with-servers -- COMMAND ARGUMENT...`."""

import sys

import environ

from .home import CLONE, home_folder
from .refusal import CannotStart, sentence_about
from .run import run
from .signals import Stopped
from .terminal import warn
from .with_servers import with_servers

USAGE = "usage: python -m portal.supervisor run | with-servers -- COMMAND [ARGUMENT...]"


def main(arguments: list[str]) -> int:
    environ.Env.read_env(CLONE / ".env")
    try:
        match arguments:
            case ["run"]:
                return run()
            case ["with-servers", "--", *command] if command:
                return with_servers(command)
            case _:
                raise CannotStart(USAGE)
    except Stopped:
        return 0
    except CannotStart as refusal:
        warn(f"carrel: {refusal}")
    except OSError as error:
        sentence = sentence_about(error, home_folder())
        if sentence is None:
            raise
        warn(f"carrel: {sentence}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
