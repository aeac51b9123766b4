"""What may be done with a file in each stage, and how it is offered on the page.

Who may do it is asked of `applications.permissions`; what happens is an action there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications import permissions
from applications.decisions import DecisionDraft, draft_approval, draft_refusal
from applications.emails.letters import Letter
from applications.models import Application
from applications.states import ApplicationStatus as S
from lib.errors import allows
from reviews.models import Review
from staff.forms.acts import ActForm, ChangesForm, RefusalForm
from staff.forms.approving import ApproveForm
from staff.forms.arranging import ExtendForm, ExternalForm, PersonForm, StepBackForm
from staff.forms.reviews import ReviewForm


@dataclass(frozen=True)
class Act:
    """One thing that a person may do with a file. `key` is also the end of its address' name."""

    key: str
    label: str | Promise
    sentence: str | Promise
    check: Callable[[Application, User], None]
    form: type[ActForm] = ActForm
    kind: str = "outline-primary"
    # What the letter of this act would be made of, where it sends one.
    draft: Callable[..., DecisionDraft] | None = None

    @property
    def url_name(self) -> str:
        return f"staff:{self.key}"

    @property
    def is_one_click(self) -> bool:
        return self.form is ActForm


@dataclass(frozen=True)
class Offer:
    """An act with the form to fill in, empty or as it was sent."""

    act: Act
    form: ActForm
    letter: Letter | None = None

    @property
    def is_begun(self) -> bool:
        """Whether the form holds what was kept for later."""
        return bool(self.form.initial.get("comment"))


PASS = Act(
    "pass_screening",
    _("Pass the screening"),
    _("It is complete and meets the hard criteria: the independent reviews begin."),
    permissions.check_screen,
    kind="primary",
)
PROPOSE_REFUSAL = Act(
    "propose_refusal",
    _("Propose a refusal"),
    _("It fails a hard criterion. A second reviewer confirms or objects before anybody is told."),
    permissions.check_screen,
    RefusalForm,
    "outline-danger",
    draft_refusal,
)
ASK_FOR_CHANGES = Act(
    "request_changes",
    _("Ask for changes"),
    _("The applicant answers and submits again; the clock stands meanwhile."),
    permissions.check_ask_for_changes,
    ChangesForm,
)
CONFIRM_REFUSAL = Act(
    "confirm_refusal",
    _("Confirm the refusal"),
    _("The applicant is told the reason and the comment of the proposal."),
    permissions.check_confirm_refusal,
    kind="danger",
)
OBJECT = Act(
    "object_to_refusal",
    _("Object"),
    _("It is reviewed like any other application."),
    permissions.check_confirm_refusal,
)
TAKE_REVIEW = Act(
    "take_review",
    _("Take a review"),
    _("One more reviewer is needed: it becomes yours."),
    permissions.check_take_review,
    kind="primary",
)
GIVE_REVIEW = Act(
    "give_review",
    _("Give your review"),
    _("Nobody else reads it before all reviews are in."),
    permissions.check_give_review,
    ReviewForm,
    "primary",
)
APPROVE = Act(
    "approve",
    _("Approve"),
    _("Opens the lab and invites the collaborators who may join."),
    permissions.check_decide,
    ApproveForm,
    "primary",
    draft_approval,
)
DECLINE = Act(
    "decline",
    _("Decline"),
    _("The applicant reads the reason and your comment."),
    permissions.check_decide,
    RefusalForm,
    "danger",
    draft_refusal,
)
OVERTURN = Act(
    "overturn_refusal",
    _("Overturn the refusal"),
    _("The applicant was right: opens the lab and invites the collaborators who may join."),
    permissions.check_decide_appeal,
    ApproveForm,
    "primary",
    draft_approval,
)
UPHOLD = Act(
    "uphold_refusal",
    _("Let the refusal stand"),
    _("The applicant reads the reason and your comment; there is no further appeal."),
    permissions.check_decide_appeal,
    RefusalForm,
    "danger",
    draft_refusal,
)
STEP_BACK = Act(
    "step_back",
    _("Step back"),
    _("Others are asked in your place. With a conflict of interest the file closes to you."),
    permissions.check_step_back,
    StepBackForm,
)
EXTEND = Act(
    "extend",
    _("Extend the due date"),
    _("The applicant is told the reason, the new date and whom to ask."),
    permissions.check_extend,
    ExtendForm,
)
SET_OWNER = Act(
    "set_owner",
    _("Let somebody lead the file"),
    _("They take it from the screening to the decision."),
    permissions.check_assign,
    PersonForm,
)
ASSIGN = Act(
    "assign_reviewer",
    _("Ask a certain reviewer"),
    _("One of those who are still missing."),
    permissions.check_assign,
    PersonForm,
)
INVITE = Act(
    "invite_external",
    _("Invite a reviewer from outside"),
    _("They see this one file and give one review of it."),
    permissions.check_invite_external,
    ExternalForm,
)

IN_STAGE: dict[S, tuple[Act, ...]] = {
    S.SUBMITTED: (PASS, ASK_FOR_CHANGES, PROPOSE_REFUSAL),
    S.REFUSAL_PROPOSED: (CONFIRM_REFUSAL, OBJECT),
    S.IN_REVIEW: (GIVE_REVIEW, ASK_FOR_CHANGES),
    S.CONSOLIDATING: (APPROVE, ASK_FOR_CHANGES, DECLINE),
    S.APPEALED: (GIVE_REVIEW, OVERTURN, UPHOLD),
}

# What goes beside the judging, on a page of its own.
ARRANGING = (SET_OWNER, ASSIGN, INVITE, EXTEND, STEP_BACK)


def offers(
    application: Application,
    user: User,
    *,
    lacks_reviewer: bool = False,
    sent: Offer | None = None,
    arranging: bool = False,
    begun: Review | None = None,
) -> Iterator[Offer]:
    """What this person may do now; a form that was sent takes the place of the empty one.

    `begun` is the review that they have kept or have to look at again.
    """
    acts = ARRANGING if arranging else IN_STAGE.get(S(application.status), ())
    allowed = {check: allows(check, application, user) for check in {act.check for act in acts}}
    for act in acts:
        if not allowed[act.check]:
            continue
        if sent is not None and sent.act is act:
            yield sent
        else:
            initial = ReviewForm.begun(begun) if act is GIVE_REVIEW and begun else {}
            yield Offer(act, act.form(application, prefix=act.key, initial=initial))
    if lacks_reviewer:
        yield Offer(TAKE_REVIEW, TAKE_REVIEW.form(application, prefix=TAKE_REVIEW.key))
