"""The programme's questions and answers.

The sentences name the values of the policy as `%(value)s`; `portal.views.help` fills them in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Question:
    """One question with the paragraphs of its answer. People keep links to the anchor."""

    anchor: str
    question: str | Promise
    answer: Sequence[str | Promise]


QUESTIONS = [
    Question(
        "data",
        _("Which data can I study?"),
        [
            _(
                "Public videos: who published them, when and in which region; captions, "
                "hashtags, music and the text of speech where it is known; and how often a "
                "video was viewed, commented on, shared, liked or marked as a favourite."
            ),
            _(
                "Profiles of accounts, the texts of comments and lists of followers cannot "
                "be queried in this installation."
            ),
        ],
    ),
    Question(
        "who",
        _("Who qualifies?"),
        [_("Researchers who fulfil every one of these criteria:")],
    ),
    Question(
        "apply",
        _("How do I apply?"),
        [
            _(
                "Answer the eligibility check, sign up with your institutional e-mail "
                "address and fill in the application. It is kept as a draft until you "
                "submit it, and you can withdraw it at any time before the decision."
            ),
            _("Reviewers aim to answer within %(days)s days."),
        ],
    ),
    Question(
        "countries",
        _("In which countries may I work?"),
        [
            _("Your institution must lie in one of the countries and territories below."),
            _("Others are being worked on; the list here changes as soon as one opens."),
        ],
    ),
    Question(
        "civil-society",
        _("May non-profit organisations and civil society apply?"),
        [
            _(
                "Not at present: the programme is open to people whom a non-profit academic "
                "institution employs. Widening it is being worked on, and the eligibility "
                "check will say so when it happens."
            ),
        ],
    ),
    Question(
        "commercial",
        _("May creators, advertisers or companies apply?"),
        [
            _(
                "No. The data is for non-commercial research only. The platform has other "
                "products for creators, advertisers and businesses."
            ),
        ],
    ),
    Question(
        "developer-account",
        _("I have a developer account. Is that enough?"),
        [
            _(
                "No. Access is given for one research project: you fulfil the criteria, "
                "apply, and are approved. A developer account alone opens nothing."
            ),
        ],
    ),
    Question(
        "group",
        _("Can we work as a group?"),
        [
            _(
                "Yes. The principal researcher applies. After the approval they find the lab "
                "on their home page and manage it there: up to %(collaborators)s collaborators on "
                "the topic, each with an account and API clients of their own."
            ),
            _(
                "Name everybody you expect in the application, because each collaborator is "
                "reviewed before they get in. The principal researcher removes those who no "
                "longer work on the project; that is their duty."
            ),
        ],
    ),
    Question(
        "other-university",
        _("My collaborator works at another university. What now?"),
        [
            _(
                "Each university applies for itself, with the list of its own collaborators. "
                "Both applications may describe the same project."
            ),
        ],
    ),
    Question(
        "account-first",
        _("What must a collaborator do to be invited?"),
        [
            _(
                "Sign up first, with the e-mail address that the principal researcher gave "
                "for them. The review and the invitation follow by themselves."
            ),
        ],
    ),
    Question(
        "quota",
        _("How much can we ask for in a day?"),
        [
            _(
                "A lab shares %(requests)s requests a day. A request returns at most 100 "
                "records, so that is up to %(records)s records a day, over all members, API "
                "clients and queries together. The day begins anew at 00:00 UTC."
            ),
            _("A query that needs more waits for the next day and then goes on by itself."),
        ],
    ),
    Question(
        "more-quota",
        _("Can we get more?"),
        [
            _(
                "You can ask for it by mail to the staff who run the programme. At present "
                "nobody is granted an exception; the use cases are collected and weighed when "
                "the limits are next revised."
            ),
        ],
    ),
]
