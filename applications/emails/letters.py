"""The letter of a decision: one function that the preview and the mail share."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.decisions import DecisionDraft
from applications.emails.posting import day_of, post_to_applicant, words_of
from applications.models import Application
from programmes.scope import lines_of
from reviews.models import Outcome

_KINDS = {
    Outcome.APPROVED: "approved",
    Outcome.APPROVED_WITH_CONDITIONS: "approved",
    Outcome.DECLINED: "declined",
}


@dataclass(frozen=True)
class Letter:
    """What the applicant will read."""

    subject: str
    body: str


def send_decision(application: Application, draft: DecisionDraft) -> None:
    letter = decision_letter(application, draft)
    post_to_applicant(application, _KINDS[draft.outcome], letter.subject, letter.body)


def decision_letter(application: Application, draft: DecisionDraft) -> Letter:
    """The letter as it would leave now; nothing is written."""
    words = words_of(application)
    opening = _("Hello %(name)s,") % words
    closing = _("Read the decision: %(link)s") % words
    is_declined = draft.outcome == Outcome.DECLINED
    parts = _refusal_parts(draft) if is_declined else _approval_parts(draft)
    body = "\n\n".join([opening, *(part % words for part in parts), closing]) + "\n"
    return Letter(str(_subject(draft)), body)


def _subject(draft: DecisionDraft) -> str:
    if draft.outcome == Outcome.DECLINED:
        if draft.is_appeal:
            return _("Your appeal: the refusal stands")
        return _("Your application was not approved")
    if draft.outcome == Outcome.APPROVED_WITH_CONDITIONS:
        return _("Your application is approved with conditions")
    return _("Your application is approved")


def _approval_parts(draft: DecisionDraft) -> list[str]:
    parts = [
        _(
            "“%(title)s” is approved: its lab is made, and a letter of its own says how to get "
            "there."
        )
    ]
    if draft.is_appeal:
        parts.insert(0, _("your appeal was right, and the refusal is overturned."))
    if draft.conditions:
        parts.append(_("These conditions go with it:") + "\n" + _plain(draft.conditions))
    if draft.scope:
        lines = "\n".join(f"- {line}" for line in lines_of(draft.scope))
        parts.append(_("What it was approved for:") + "\n" + _plain(lines))
    parts += [_plain(_people(draft))] if draft.people else []
    return [*parts, *([_plain(draft.comment)] if draft.comment else [])]


def _people(draft: DecisionDraft) -> str:
    lines = [
        f"- {each.person.name}: {_('may join')}"
        if each.reason is None
        else f"- {each.person.name}: {_('not cleared')} ({each.reason})"
        for each in draft.people
    ]
    return "\n".join([_("The people whom you listed:"), *lines])


def _refusal_parts(draft: DecisionDraft) -> list[str]:
    parts = [
        _("“%(title)s” was not approved. The reason: ") + _plain(f"{draft.reason}."),
        _plain(draft.comment),
    ]
    if draft.is_appeal:
        parts.insert(0, _("other reviewers have looked at the refusal again, and it stands."))
    if draft.reason.guidance_text:
        parts.append(_("What you can do:") + " " + _plain(draft.reason.guidance_text))
    if draft.reason.legal_ground:
        parts.append(_("The ground of this decision:") + " " + _plain(draft.reason.legal_ground))
    if draft.appeal_until is not None:
        by = {"day": day_of(draft.appeal_until)}
        parts.append(
            _(
                "If you think that this is wrong, you can appeal until %(day)s: people who had no "
                "part in this decision will look at it."
            )
            % by
        )
    return parts


def _plain(text: str) -> str:
    """What a person wrote, safe from the filling-in of words."""
    return text.replace("%", "%%")
