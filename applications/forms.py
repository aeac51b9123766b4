"""The forms of the applicant's pages. What a well-formed answer is stands in `fields`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from applications.fields import DurationField, PlainText, field_of, to_json
from applications.models import Application
from applications.questions import Kind, Question, Section
from applications.registry import at_domain, search_registry
from institutions.models import Institution
from programmes.models import Programme
from programmes.models.programme import AbroadRule


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
            if question.kind.has_field:
                self.fields[question.key] = _field(question, application.programme)
                _offer(self[question.key], question, application, search)

    def answers(self) -> dict[str, Any]:
        """What may be saved now, as it is stored."""
        self.is_valid()
        if not self._has_read_the_terms():
            return {}
        return {key: self._stored(key) for key in self.cleaned_data if key not in self.errors}

    def _stored(self, key: str) -> Any:
        if isinstance(self.fields[key], forms.BooleanField):
            current = self._application.programme.current_terms().version
            return current if self.cleaned_data[key] else ""
        return to_json(self.cleaned_data[key])

    def _has_read_the_terms(self) -> bool:
        """Whether the page showed the present terms; a tick under an older text means nothing."""
        read, current = self.data.get("terms_version"), self._application.programme.current_terms()
        return read is None or read == str(current.version)


def _field(question: Question, programme: Programme) -> forms.Field:
    field = field_of(question, programme.longest_access_days)
    field.label, field.help_text = str(question.label), _help(question, programme)
    return field


def _offer(
    bound: forms.BoundField, question: Question, application: Application, search: str
) -> None:
    """What depends on the answer so far: the institutions found, the lengths to choose from."""
    if question.kind is Kind.INSTITUTION:
        _offer_institutions(bound.field, bound.value(), application, search)
    if isinstance(bound.field, DurationField):
        bound.field.offer(bound.value())


def _initial(application: Application, section: Section) -> dict[str, Any]:
    """The answers so far; a tick under terms that have changed since is not shown as set."""
    current = application.programme.current_terms().version
    terms = [question.key for question in section.questions if question.kind is Kind.TERMS]
    answers = application.answers
    return {**answers, **{key: answers.get(key) == current for key in terms}}


def _help(question: Question, programme: Programme) -> str:
    parts = [str(question.help)] if question.help else []
    if question.kind is Kind.DURATION:
        longest = _("Access lasts at most %(days)s days, the first and the last day included.")
        parts.append(str(longest) % {"days": programme.longest_access_days})
    if question.key == "is_travelling":
        parts.append(about_travel(programme))
    if not question.is_required:
        parts.append(str(_("Optional.")))
    return " ".join(parts)


def about_travel(programme: Programme) -> str:
    """What goes for people who work where the programme is not open."""
    if programme.works_abroad_rule == AbroadRule.ANYWHERE:
        return str(_("The place of work does not matter for access."))
    if programme.works_abroad_rule == AbroadRule.STAFF:
        return str(_("Staff decide whether you can use the data from there."))
    sentence = _("Temporary travel of up to %(days)s days is no hindrance; staff decide otherwise.")
    return str(sentence) % {"days": programme.temporary_travel_days}


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
    """One person to list. The place of work counts apart from the institution's country."""

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
    works_in = forms.ChoiceField(
        label=_("In which country?"),
        choices=[("", _("The country of my institution")), *countries],
        required=False,
        help_text=_("Where the person sits when using the data."),
    )
    travels_from = forms.DateField(
        label=_("If only for a time: first day there"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    travels_until = forms.DateField(
        label=_("Last day there"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        first, last = (self.cleaned_data.get(key) for key in ("travels_from", "travels_until"))
        if bool(first) != bool(last):
            self.add_error("travels_until", _("Give both the first and the last day, or none."))
        elif first and last and last < first:
            self.add_error("travels_until", _("The last day must not come before the first."))
        return self.cleaned_data

    def person(self) -> dict[str, Any]:
        """What is kept of the answers."""
        kept = ("email", "name", "expertise", "works_in", "travels_from", "travels_until")
        given = {key: self.cleaned_data[key] for key in kept}
        return {**given, "works_elsewhere": self.cleaned_data["workplace"] == self.ELSEWHERE}


class AppealForm(forms.Form):
    """Why the applicant thinks that a refusal is wrong."""

    text = PlainText(
        label=_("What is wrong with the decision?"),
        help_text=_("People who had no part in the decision read this, beside your application."),
        max_length=10_000,
        widget=forms.Textarea({"rows": 10}),
    )


class LinkForm(forms.Form):
    """Whom to ask for a linked application, or to hand the question on to."""

    email = forms.EmailField(
        label=_("Institutional e-mail address"),
        help_text=_("The letter goes there, and only whoever reads it can use its link."),
    )
