"""The corpus of the sandbox: invented videos, for people who have no access yet.

It is made at its first use, always the same, under a name of its own. Whatever else may have been
imported under that name is never read from here.
"""

from django.utils.translation import gettext as _

from corpus import engines
from corpus.actions import load_demonstration
from corpus.demonstration.tables import FIRST_DAY, LAST_DAY
from corpus.generations import writing
from corpus.layout import generation_folder
from corpus.models import Generation
from lib.errors import Refused

CORPUS = "sandbox"
VIDEOS = 30_000
PERIOD = engines.Period(FIRST_DAY, LAST_DAY)

# Not the demonstration's, so that nobody takes the one for the other.
_SEED = 7_041_994


class SandboxClosed(Refused):
    """Real data lie where only invented data may."""

    def __init__(self) -> None:
        problem = _(
            "The sandbox is closed, because data were imported into the corpus %(name)s, which is "
            "kept for invented data. Tell the programme's operator."
        )
        super().__init__(problem % {"name": CORPUS})


def engine() -> engines.Engine:
    """The engine of the invented corpus, which is made if it is not there."""
    generation = Generation.objects.current(CORPUS)
    if generation is None or not _has_files(generation):
        generation = _make()
    if any(list(source) != ["demonstration"] for source in generation.sources):
        raise SandboxClosed
    return engines.at(CORPUS, generation.name)


def _make() -> Generation:
    """Of several who come first, one makes it and the others wait for it."""
    with writing(CORPUS):
        lost = Generation.objects.current(CORPUS)
        if lost is not None and not _has_files(lost):
            lost.delete()  # Its files went with a folder that was not restored; nobody cites them.
    load_demonstration(CORPUS, videos=VIDEOS, seed=_SEED)
    return Generation.objects.get(corpus=CORPUS, is_current=True)


def _has_files(generation: Generation) -> bool:
    return generation_folder(CORPUS, generation.name).is_dir()
