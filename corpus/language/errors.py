"""What the grammar refuses."""

from django.utils.translation import gettext as _

from lib.errors import Refused


class InvalidQuery(Refused):
    """The query says something the grammar does not know; the sentence names the place."""

    http_status = 400

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(_("%(place)s: %(problem)s") % {"place": place, "problem": problem})
        self.place = place
        self.problem = problem
