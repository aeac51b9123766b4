"""The forms of the applicant's pages. What a well-formed answer is stands in `fields`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.fields import PlainText, field_of
from applications.models import Application
from applications.questions import LAST_DAY_KEY, LONGEST, Kind, Question, Section
from applications.registry import at_domain, search_registry
from institutions.models import Institution
from programmes.models import Programme


class SectionForm(forms.Form):
    """The questions of one section with what has been answered so far.

    A draft may be incomplete, so nothing is required. `answers()` holds the well-formed ones even
    while others have errors, so that one mistake never costs the rest.
    """

    def __init__(self, application: Application, section: Section, *args: Any, **kw: Any) -> None:
        search = kw.pop("search", "")
        super().__init__(*args, **kw)
        self._application = application
        self.initial = _initial(application, section)
        for question in section.questions:
            field = field_of(question)
            field.label, field.help_text = (
                str(question.label),
                _help(question, application.programme),
            )
            field.is_conditional = question.shown_if is not None  # type: ignore[attr-defined]
            self.fields[question.key] = field
            if question.kind is Kind.INSTITUTION:
                _offer_institutions(field, self[question.key].value(), application, search)

    def answers(self) -> dict[str, Any]:
        """What may be saved now."""
        self.is_valid()
        given = {key: value for key, value in self.cleaned_data.items() if key not in self.errors}
        return given if self._has_read_the_terms() else {}

    def _has_read_the_terms(self) -> bool:
        """Whether the page showed the present terms; a tick under an older text means nothing."""
        read, current = self.data.get("terms_version"), self._application.programme.current_terms()
        return read is None or read == str(current.version)


def _initial(application: Application, section: Section) -> dict[str, Any]:
    """The answers so far; a tick under terms that have changed since is not shown as set."""
    current = application.programme.current_terms().version
    terms = [question.key for question in section.questions if question.kind is Kind.TERMS]
    answers = application.answers
    return {**answers, **{key: answers.get(key) == current for key in terms}}


def _help(question: Question, programme: Programme) -> str:
    parts = [str(question.help)] if question.help else []
    if question.key == LAST_DAY_KEY:
        longest = _("Access lasts at most %(days)s days, the first and the last day included.")
        parts.append(str(longest) % {"days": programme.longest_access_days})
    if question.limit < LONGEST and question.kind is not Kind.URL:
        parts.append(str(_("At most %(limit)s characters.")) % {"limit": question.limit})
    if not question.is_required:
        parts.append(str(_("Optional.")))
    return " ".join(parts)


def _offer_institutions(
    field: forms.Field, chosen: Any, application: Application, search: str
) -> None:
    """Show what was chosen, what the search finds, and the way out."""
    offered = institutions_to_offer(application, search, chosen)
    choices = [(str(each.pk), _label(each)) for each in offered]
    field.widget.choices = [*choices, ("", _("My institution is not in this list"))]


def institutions_to_offer(
    application: Application, search: str, chosen: Any = ""
) -> list[Institution]:
    """The chosen one first, then what is searched for or what the e-mail address suggests."""
    found = list(search_registry(search) if search else at_domain(application.applicant.email))
    first = [each for each in [_chosen(chosen)] if each is not None]
    return first + [each for each in found if each not in first]


def _chosen(value: Any) -> Institution | None:
    try:
        return Institution.objects.filter(pk=value).first() if value else None
    except (ValueError, forms.ValidationError):
        return None


def _label(institution: Institution) -> str:
    return f"{institution.name} ({institution.country.name})"


class CollaboratorForm(forms.Form):
    """One person to list."""

    HERE, ELSEWHERE = "here", "elsewhere"

    name = PlainText(label=_("Name"), max_length=100)
    email = forms.EmailField(
        label=_("Institutional e-mail address"),
        help_text=_("The person signs up with this address."),
    )
    expertise = PlainText(label=_("Expertise and role in the project"), max_length=100)
    workplace = forms.ChoiceField(
        label=_("Where does the person work?"),
        choices=[
            (HERE, _("At my institution")),
            (ELSEWHERE, _("At another institution")),
        ],
        widget=forms.RadioSelect,
        initial=HERE,
    )

    def person(self) -> dict[str, Any]:
        """What is kept of the answers."""
        given = {key: self.cleaned_data[key] for key in ("email", "name", "expertise")}
        return {**given, "works_elsewhere": self.cleaned_data["workplace"] == self.ELSEWHERE}
