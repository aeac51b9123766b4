"""The sections and questions that an academic applicant answers."""

from django.utils.translation import gettext_lazy as _

from applications.questions.kinds import YES, Kind, Question, Section

INSTITUTION_KEY = "institution"
LAST_DAY_KEY = "ends_on"

CONTACT = Section(
    "contact",
    _("Contact and affiliation"),
    _("Who you are and where you work. You apply as the principal researcher of your project."),
    (
        Question("full_name", _("Your name, as on your professional profile"), limit=50),
        Question(
            "role",
            _("Your role"),
            Kind.CHOICE,
            options=(
                ("faculty", _("Faculty member or postdoc")),
                ("student", _("Research student")),
                ("non_academic", _("Non-academic researcher")),
                ("other", _("Other")),
            ),
        ),
        Question(
            "advisor",
            _("Name and institutional e-mail address of your advisor"),
            help=_("If you are a research student: staff ask this person to endorse your project."),
            limit=200,
            shown_if=("role", "student"),
        ),
        Question(
            "role_other",
            _("Which role?"),
            help=_("If your role is “Other”."),
            limit=200,
            shown_if=("role", "other"),
        ),
        Question(
            "profile_url",
            _("Your professional profile page"),
            Kind.URL,
            help=_("At best the page about you on your institution's site."),
            limit=100,
        ),
        Question(
            INSTITUTION_KEY,
            _("Your institution"),
            Kind.INSTITUTION,
            help=_("Search by name or web domain, then choose."),
        ),
        Question(
            "institution_name",
            _("Name of the institution"),
            help=_("Only if your institution is not in the list."),
            limit=100,
            shown_if=(INSTITUTION_KEY, ""),
        ),
        Question(
            "institution_address",
            _("Address of the institution"),
            help=_("Only if your institution is not in the list."),
            limit=100,
            shown_if=(INSTITUTION_KEY, ""),
        ),
        Question(
            "institution_country",
            _("Country of the institution"),
            Kind.COUNTRY,
            help=_("Only if your institution is not in the list."),
            shown_if=(INSTITUTION_KEY, ""),
        ),
        Question(
            "institution_website",
            _("Website of the institution"),
            Kind.URL,
            help=_("Only if your institution is not in the list."),
            limit=100,
            shown_if=(INSTITUTION_KEY, ""),
        ),
        Question("department_url", _("Page of your department or field"), Kind.URL, limit=100),
        Question(
            "team_name",
            _("Name of your research team"),
            help=_("The lab's name, or your own name and the topic. Your lab here is called so."),
            limit=50,
        ),
    ),
)

EXPERTISE = Section(
    "expertise",
    _("Expertise"),
    _("What shows that you know the field that you want to study."),
    (
        Question("expertise", _("Area of expertise"), limit=50),
        Question(
            "publications",
            _("Past publications or conference contributions"),
            Kind.TEXTAREA,
            help=_("The most relevant ones are enough. Links and DOIs help the reviewers."),
            limit=1000,
            is_required=False,
        ),
    ),
)

PROJECT = Section(
    "project",
    _("Project"),
    _("Access is given for one defined research project."),
    (
        Question("project_title", _("Title of the project"), limit=100),
        Question(
            "topics",
            _("Topics"),
            Kind.MULTICHOICE,
            options=(
                (
                    "society",
                    _("Consumer trends, behavioural science, community and culture, education"),
                ),
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
            ),
        ),
        Question(
            "topic_other",
            _("Which other topic?"),
            help=_("If you chose “Other”."),
            limit=200,
            shown_if=("topics", "other"),
        ),
        Question("summary", _("Summary of the project"), Kind.TEXTAREA, limit=1000),
        Question("design", _("Research design"), Kind.TEXTAREA, limit=1000),
        Question("research_questions", _("Hypotheses or research questions"), Kind.TEXTAREA),
    ),
)

PERIOD = Section(
    "period",
    _("Data and period"),
    _("For how long you need access. Choose no more than the project needs."),
    (
        Question("starts_on", _("First day of access"), Kind.DATE),
        Question(LAST_DAY_KEY, _("Last day of access"), Kind.DATE),
        Question("period_reason", _("Why is this period necessary?"), Kind.TEXTAREA, limit=1000),
    ),
)

FUNDING = Section(
    "funding",
    _("Funding and independence"),
    _(
        "The research must be independent of commercial interests. A declared tie is judged on its "
        "own; only a hidden one is a problem."
    ),
    (
        Question("is_funded", _("Does the project receive funding?"), Kind.YES_NO),
        Question(
            "funding_source",
            _("Who funds it?"),
            Kind.TEXTAREA,
            help=_("If the project receives funding."),
            shown_if=("is_funded", YES),
        ),
        Question(
            "has_conflict",
            _(
                "Does anybody in your team have a financial or other tie that could be a conflict "
                "of interest?"
            ),
            Kind.YES_NO,
            help=_(
                "For example work for, shares in, or a dispute with the platform or a "
                "competitor of it."
            ),
        ),
        Question(
            "conflict_details",
            _("Which tie, and how do you deal with it?"),
            Kind.TEXTAREA,
            help=_("If there is a tie."),
            shown_if=("has_conflict", YES),
        ),
        Question("shares_data", _("Do you plan to share data with third parties?"), Kind.YES_NO),
        Question(
            "sharing_details",
            _("With whom, and why?"),
            Kind.TEXTAREA,
            help=_("If you plan to share data."),
            shown_if=("shares_data", YES),
        ),
    ),
)

SECURITY = Section(
    "security",
    _("Security"),
    _("How you keep the data safe."),
    (
        Question(
            "security_plan",
            _("Data protection plan"),
            Kind.TEXTAREA,
            help=_(
                "Governance, technical and organisational measures: who has access, where the "
                "data lies, how it is protected and deleted."
            ),
            limit=1000,
        ),
    ),
)

COLLABORATORS = Section(
    "collaborators",
    _("Collaborators"),
    _(
        "The people of your institution who will work in the lab. Each is reviewed with your "
        "application. If you work alone, leave this empty; you can add people later."
    ),
    (),
)

TERMS = Section(
    "terms",
    _("Terms"),
    _("Read the terms of the programme and accept them."),
    (
        Question(
            "terms_accepted",
            _("I accept the terms of the programme, for myself and my institution."),
            Kind.TERMS,
        ),
        Question(
            "compliance_certified",
            _(
                "I certify that what I say here is true, that we will keep to the terms, and that "
                "I will disclose any risk that we cannot."
            ),
            Kind.TERMS,
        ),
        Question(
            "security_accepted",
            _("We will keep to the security measures for shared research data."),
            Kind.TERMS,
        ),
    ),
)

SECTIONS = (
    CONTACT,
    EXPERTISE,
    PROJECT,
    PERIOD,
    FUNDING,
    SECURITY,
    COLLABORATORS,
    TERMS,
)


def section_of(key: str) -> Section | None:
    """The section with this key, if there is one."""
    return next((section for section in SECTIONS if section.key == key), None)
