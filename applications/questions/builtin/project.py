"""What is to be studied, by whom, and what the public reads about it."""

from typing import Any

from django.utils.translation import gettext_noop as _

from applications.questions.builtin.asking import REGULATION, ask, section
from applications.questions.kinds import Kind

_EXPERT: dict[str, Any] = {"heading": "people", "evidence": "expertise"}
_PURPOSE: dict[str, Any] = {"element": "f", "heading": "projects", "evidence": "proposal"}

EXPERTISE = section(
    "expertise",
    _("Expertise"),
    _("What shows that you know the field that you want to study."),
    ask("expertise", _("Area of expertise"), limit=50, code="T24", **_EXPERT),
    ask(
        "publications",
        _("Past publications or conference contributions"),
        Kind.TEXTAREA,
        help=_("The most relevant ones are enough. Links and DOIs help the reviewers."),
        limit=1000,
        is_required=False,
        code="T28",
        **_EXPERT,
    ),
)

_TOPICS = (
    ("society", _("Consumer trends, behavioural science, community and culture, education")),
    (
        "information",
        _(
            "Radicalization, misinformation and disinformation, hate speech, "
            "violent extremism, influence operations"
        ),
    ),
    ("human_rights", _("Human rights")),
    ("civic", _("Civic engagement and activism")),
    ("algorithm", _("Algorithm")),
    ("mental_health", _("Mental health")),
    ("safety", _("Safety and well-being")),
    ("other", _("Other")),
)

PROJECT = section(
    "project",
    _("Project"),
    _("Access is given for one defined research project."),
    ask("project_title", _("Title of the project"), limit=100, is_public=True, **_PURPOSE),
    ask(
        "topics",
        _("Topics"),
        Kind.MULTICHOICE,
        options=_TOPICS,
        is_public=True,
        code="T29",
        **_PURPOSE,
    ),
    ask(
        "topic_other",
        _("Which other topic?"),
        limit=200,
        shown_if=(("topics", "other"),),
        code="T30",
        **_PURPOSE,
    ),
    ask(
        "summary",
        _("Summary of the project"),
        Kind.TEXTAREA,
        help=_("For the reviewers. What the public reads is asked for on the next page."),
        limit=1000,
        code="T31",
        **_PURPOSE,
    ),
    ask("design", _("Research design"), Kind.TEXTAREA, limit=1000, code="T32", **_PURPOSE),
    ask(
        "research_questions",
        _("Hypotheses or research questions"),
        Kind.TEXTAREA,
        code="T40",
        **_PURPOSE,
    ),
    ask(
        "outputs",
        _("Expected outputs"),
        Kind.TEXTAREA,
        help=_("Papers, data sets, reports, talks: what will there be, and when?"),
        is_required=False,
        code="T41",
        element="g",
        heading="outputs",
        evidence="proposal",
    ),
    ask(
        "publishes_openly",
        _("Will you publish the results free of charge, within a reasonable time?"),
        Kind.YES_NO,
        is_required=False,
        required_by=REGULATION,
        element="g",
        heading="outputs",
        evidence="non_commercial",
    ),
    ask(
        "literature",
        _("Summary of the literature"),
        Kind.TEXTAREA,
        is_required=False,
        code="T42",
        **_PURPOSE,
    ),
    ask(
        "references",
        _("References"),
        Kind.TEXTAREA,
        is_required=False,
        code="T43",
        **_PURPOSE,
    ),
)

PUBLIC = section(
    "public",
    _("Public summary"),
    _(
        "If you are let in, this stands in the public register. Everything else in your "
        "application is confidential."
    ),
    ask(
        "public_summary",
        _("Summary for the public"),
        Kind.TEXTAREA,
        help=_("What you want to find out and why it matters, in words that anybody understands."),
        limit=1500,
        words=200,
        is_public=True,
        heading="outputs",
        evidence="proposal",
        element="f",
    ),
)
