"""What staff are told: what waits for them, and by when."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from applications.emails.posting import day_of, post_to, staff_link, words_of
from applications.models import Application
from reviews.models import Review


def _words(application: Application, person: User) -> dict[str, object]:
    return {**words_of(application), "name": person.name, "link": staff_link(application)}


def ask_to_screen(application: Application, owner: User) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "you lead a new application, “%(title)s”. Check that it is complete and meets the hard "
        "criteria; the applicant was promised an answer by %(due)s.\n\n%(link)s\n"
    )
    subject = _("An application waits for your screening")
    post_to(owner, "to_screen", subject, body % _words(application, owner))


def ask_to_confirm(application: Application, second: User) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "a colleague proposes to refuse “%(title)s” at the screening. Confirm that or object: "
        "both take one click.\n\n%(link)s\n"
    )
    subject = _("A proposed refusal waits for a second reviewer")
    post_to(second, "to_confirm", subject, body % _words(application, second))


def ask_for_review(application: Application, review: Review) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "please review “%(title)s”. Nobody sees your review, and you see no other, until all "
        "are in. The applicant was promised an answer by %(due)s.\n\n%(link)s\n"
    )
    post_to(
        review.reviewer,
        "to_review",
        _("An application waits for your review"),
        body % _words(application, review.reviewer),
    )


def ask_for_external_review(application: Application, review: Review) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "we ask you for a review of one application, “%(title)s”, because you know its field. "
        "You see this one file, until your review is given and the application is decided. If "
        "you have a tie to the applicant, step back and say so.\n\n%(link)s\n"
    )
    post_to(
        review.reviewer,
        "to_review_from_outside",
        _("We ask for your review of an application"),
        body % _words(application, review.reviewer),
    )


def tell_review_moved(application: Application, review: Review) -> None:
    """The one whose review was handed on need not do it any more."""
    body = _(
        "Hello %(name)s,\n\n"
        "your review of “%(title)s” was handed on to somebody else. There is nothing left for "
        "you to do.\n"
    )
    post_to(
        review.reviewer,
        "review_moved",
        _("A review was handed on"),
        body % _words(application, review.reviewer),
    )


def ask_to_decide(application: Application, person: User) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "all reviews of “%(title)s” are in. Read them together and write the decision; the "
        "applicant was promised an answer by %(due)s.\n\n%(link)s\n"
    )
    subject = _("An application waits for its decision")
    post_to(person, "to_decide", subject, body % _words(application, person))


def remind_staff(application: Application, person: User) -> None:
    """The date comes near, and this person acts next."""
    body = _(
        "Hello %(name)s,\n\n"
        "“%(title)s” is due on %(due)s and waits for you. If you cannot do it in time, say so "
        "now: hand it on, or tell the applicant why it takes longer.\n\n%(link)s\n"
    )
    subject = _("Due on %(due)s: an application waits for you")
    words = _words(application, person)
    post_to(person, "reminder", subject % words, body % words)


def tell_operators_few(application: Application, missing: int) -> None:
    """Too few reviewers are free of ties; an operator can do something about it."""
    body = _(
        "Hello %(name)s,\n\n"
        "“%(title)s” lacks %(missing)s reviewers or somebody to lead it: all others are away, "
        "have a tie to it, or have had a part in it. It is due on %(due)s. Take it up "
        "yourself, ask a colleague to come back, or invite a reviewer from outside for this one "
        "file.\n\n%(link)s\n"
    )
    for person in User.objects.able_to(Ability.RUN_PROGRAMME).order_by("id"):
        words = {
            **_words(application, person),
            "missing": missing,
            "due": day_of(application.due_at),
        }
        post_to(person, "too_few_reviewers", _("An application lacks reviewers"), body % words)
