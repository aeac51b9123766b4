"""Which days the data hold, so that nobody asks for a time of which there is nothing."""

from corpus import engines
from organizations.models import Organization


def period_of_data(organization: Organization) -> engines.Period | None:
    """The days from the first to the last video of the lab's corpus; None if there are none."""
    try:
        return engines.current(organization.programme.corpus).period()
    except (engines.NothingImported, engines.GenerationGone):
        return None
