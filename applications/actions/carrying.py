"""Taking over what somebody answered before the application was begun."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from applications.actions.saving import save_section
from applications.models import Application, form_of
from applications.questions import Answers, Form, Kind


def carry_answers(application: Application, *, answers: Mapping[str, str], by: User) -> Application:
    """Keep those that the form asks and shows now, as if they had been typed there."""
    form = form_of(application)
    for section in form.sections:
        shown = form.shown(section, application.answers)
        given = {each.key: answers[each.key] for each in shown if each.key in answers}
        if given:
            application = save_section(application, section=section, answers=given, by=by)
    return application


def still_asked(answers: Answers, form: Form) -> dict[str, Any]:
    """Those of another application that this form asks, too, as they were kept there.

    What somebody accepts or certifies holds for one application only, so it is given anew.
    """
    keys = [
        each.key for each in form.questions if each.kind.has_field and each.kind is not Kind.TERMS
    ]
    return {key: answers[key] for key in keys if key in answers}
