"""The order of the story's steps."""

from accounts.models import User
from audit import chain
from corpus.actions import load_demonstration as load_corpus
from lib import clock
from portal import demonstration
from portal.story import asking, letting_in
from portal.story.telling import hold, show, step
from programmes.models import Programme


def tell(address: str) -> None:
    """Play every step in the present, throw-away database; raises StoryBroken at the first that
    does not hold. `address` is the web server's."""
    clock.install_movable_clock()
    programme, people = _set_scene()
    paula, carl, rita = people["paula"], people["carl"], people["rita"]

    letting_in.check_eligibility(programme)
    application = letting_in.apply(programme, paula, carl)
    lab = letting_in.review(application, paula)
    letting_in.fill_seats(lab, paula, carl, people["dana"], rita)

    query = asking.write_query(lab, carl)
    run = asking.run_over_midnight(lab, query, carl)
    asking.take_result(run, carl)
    token = asking.use_api(address, lab, carl)
    asking.remove_carl(address, lab, paula, carl, token)
    _verify_log()
    _say_what_is_built()


def _set_scene() -> tuple[Programme, dict[str, User]]:
    step("The data holder opens a programme over its corpus")
    programme = Programme.objects.default()
    generation = load_corpus(programme.corpus)
    hold(generation is not None, "the corpus is published")
    show(f"{programme}: {generation}")
    return programme, demonstration.make_people()


def _verify_log() -> None:
    step("The operator proves that nobody rewrote the log")
    verdict = chain.verify()
    hold(not verdict.problems, f"{verdict.count} entries are chained, head {verdict.head[:16]}…")


def _say_what_is_built() -> None:
    print(
        "\nEvery step held. Built so far: eligibility, applications, blind review, labs and "
        "seats,\nqueries with their runs and results, the wire API for tokens and videos, the "
        "audit log.\nNot built yet: linked applications, duties, fair shares, and the "
        "other endpoints of the wire API.",
        flush=True,
    )
