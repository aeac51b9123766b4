"""The mails about applications: to applicants, to their partners, to staff."""

from django.utils.translation import gettext_lazy as _

from outbox.catalogue import Audience, declare

declare(
    "application.submitted",
    Audience.APPLICANT,
    _("The application is submitted, for the first time or again."),
    _("We have your application"),
)
declare(
    "application.changes_requested",
    Audience.APPLICANT,
    _("Reviewers ask for changes; the clock stands until the answer."),
    _("Your application needs an answer from you"),
)
declare(
    "application.extended",
    Audience.APPLICANT,
    _("Staff take more time, with a reason and a name to ask."),
    _("A new date for the answer to your application"),
)
declare(
    "application.date_missed",
    Audience.APPLICANT,
    _("The promised date has passed: the reason and the new date, on the same day."),
    _("Your application: we have missed a date"),
)
declare(
    "application.closing",
    Audience.APPLICANT,
    _("A draft or a request for changes lies idle and will be closed."),
    _("Your application will be closed on %(closes)s"),
)
declare(
    "application.closed",
    Audience.APPLICANT,
    _("It was closed because no answer came."),
    _("Your application was closed"),
)
declare(
    "application.approved",
    Audience.APPLICANT,
    _("The decision is to approve it; the letter that staff saw before."),
    _("Your application is approved"),
    _("Your application is approved with conditions"),
)
declare(
    "application.declined",
    Audience.APPLICANT,
    _("The decision is to refuse it, at first or on appeal, with the reason."),
    _("Your application was not approved"),
    _("Your appeal: the refusal stands"),
)
declare(
    "application.appealed",
    Audience.APPLICANT,
    _("The applicant appeals."),
    _("We have your appeal"),
)
declare(
    "application.message_to_applicant",
    Audience.APPLICANT,
    _("Reviewers wrote; what they wrote is read in the portal alone."),
    _("The reviewers wrote to you"),
)
declare(
    "application.link_invitation",
    Audience.ADDRESS,
    _("An applicant names a partner at another institution."),
    _("An application of your own for “%(title)s”"),
)
declare(
    "application.link_taken_up",
    Audience.APPLICANT,
    _("The partner opens a linked application."),
    _("A linked application was opened"),
)
declare(
    "application.link_declined",
    Audience.APPLICANT,
    _("The partner does not want one."),
    _("Your invitation to a linked application was declined"),
)
declare(
    "application.to_screen",
    Audience.REVIEWER,
    _("The reviewer leads a new application."),
    _("An application waits for your screening"),
)
declare(
    "application.to_confirm",
    Audience.REVIEWER,
    _("Somebody else proposed to refuse it at the screening."),
    _("A proposed refusal waits for a second reviewer"),
)
declare(
    "application.to_review",
    Audience.REVIEWER,
    _("A review is assigned to them."),
    _("An application waits for your review"),
)
declare(
    "application.to_review_from_outside",
    Audience.REVIEWER,
    _("An operator asks somebody from outside for one review."),
    _("We ask for your review of an application"),
)
declare(
    "application.review_moved",
    Audience.REVIEWER,
    _("Their review was handed on to somebody else."),
    _("A review was handed on"),
)
declare(
    "application.to_decide",
    Audience.REVIEWER,
    _("All reviews are in."),
    _("An application waits for its decision"),
)
declare(
    "application.reminder",
    Audience.REVIEWER,
    _("A due date comes near; the policy says how many days before."),
    _("Due on %(due)s: an application waits for you"),
)
declare(
    "application.message_to_staff",
    Audience.REVIEWER,
    _("The applicant wrote."),
    _("An applicant wrote"),
)
declare(
    "application.too_few_reviewers",
    Audience.OPERATOR,
    _("Too few reviewers without a tie are left."),
    _("An application lacks reviewers"),
)
declare(
    "application.listed",
    Audience.COLLABORATOR,
    _("An applicant lists the person and asks them to confirm their details."),
    _("You are listed as a collaborator: please confirm"),
)
declare(
    "application.unlisted",
    Audience.COLLABORATOR,
    _("An applicant takes somebody off the list who was told of being on it."),
    _("You are no longer listed as a collaborator"),
)
declare(
    "application.team_answer",
    Audience.APPLICANT,
    _("A listed person has confirmed their details or declined."),
    _("Your team: %(person)s has answered"),
)
