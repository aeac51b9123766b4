"""The programme: one policy under which access is given. Its columns hold no rule of their own."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lib.models import PublicModel
from programmes.models.texts import in_language

if TYPE_CHECKING:
    from programmes.models.criteria import Terms

SEATS_FOR_COLLABORATORS = 9


class RoleRule(models.TextChoices):
    """Whether somebody in a role may lead a lab."""

    YES = "YES", _("May apply as the principal researcher")
    ADVISOR = "ADVISOR", _("May apply with the endorsement of an advisor")
    STAFF = "STAFF", _("Staff decide")
    NO = "NO", _("May join a lab but not lead one")


class AbroadRule(models.TextChoices):
    """What goes for a person who works outside of the countries that are open."""

    TRAVEL = "TRAVEL", _("Temporary travel only, up to the number of days below")
    STAFF = "STAFF", _("Staff decide")
    ANYWHERE = "ANYWHERE", _("The place of work does not matter")


def default_reminder_days() -> list[int]:
    return [7, 2]


def default_principal_roles() -> dict[str, str]:
    """By the codes of the question for the applicant's role."""
    return {
        "faculty": RoleRule.YES.value,
        "student": RoleRule.ADVISOR.value,
        "non_academic": RoleRule.STAFF.value,
        "other": RoleRule.STAFF.value,
    }


class ProgrammeManager(models.Manager["Programme"]):
    def on_offer(self) -> models.QuerySet["Programme"]:
        """What the public is shown, the oldest first; the intake may still be paused."""
        return self.filter(is_public=True).order_by("created_at", "id")

    def default(self) -> "Programme":
        """The programme that a page shows when it is not told which."""
        return self.earliest("created_at", "id")


class Programme(PublicModel):
    """One policy under which access is given, and the corpus it gives access to."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    corpus = models.SlugField(_("corpus"), default="main")
    intake_is_open = models.BooleanField(_("applications are open"), default=True)
    intake_message = models.JSONField(_("message while closed"), default=dict, blank=True)
    country_codes = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"))
    institution_kinds = ArrayField(models.CharField(max_length=20))
    collaborators_limit = models.PositiveSmallIntegerField(default=SEATS_FOR_COLLABORATORS)
    research_requests_limit = models.PositiveIntegerField(default=1_000)
    research_records_limit = models.PositiveIntegerField(default=100_000)
    relations_requests_limit = models.PositiveIntegerField(default=20_000)
    relations_records_limit = models.PositiveIntegerField(default=2_000_000)
    longest_access_days = models.PositiveIntegerField(default=730)
    invitation_days = models.PositiveIntegerField(default=14)
    principal_roles = models.JSONField(default=default_principal_roles)
    works_abroad_rule = models.CharField(
        max_length=20, choices=AbroadRule, default=AbroadRule.TRAVEL
    )
    temporary_travel_days = models.PositiveSmallIntegerField(default=90)

    # Reviewing. The target and the wait of an untouched review count working days.
    review_count = models.PositiveSmallIntegerField(default=2)
    review_target_days = models.PositiveIntegerField(default=28)
    holiday_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    closed_days = ArrayField(models.DateField(), default=list, blank=True)
    untouched_review_days = models.PositiveSmallIntegerField(default=5)
    reminder_days = ArrayField(
        models.PositiveSmallIntegerField(), default=default_reminder_days, blank=True
    )
    appeal_days = models.PositiveSmallIntegerField(default=14)

    # Applying.
    changes_answer_days = models.PositiveSmallIntegerField(default=30)
    draft_idle_days = models.PositiveSmallIntegerField(default=180)
    member_confirm_days = models.PositiveSmallIntegerField(default=14)
    signing_official_is_required = models.BooleanField(default=False)
    required_documents = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    attachment_limit_bytes = models.PositiveIntegerField(default=5 * 1024 * 1024)
    linked_labs_may_share = models.BooleanField(default=True)

    # The operator's own words for groups that the programme does not take, by group and language.
    group_texts = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=True)
    # Counts the changes, so that of two operators who edit at once the later one is told.
    revision = models.PositiveIntegerField(default=1)

    objects = ProgrammeManager()

    class Meta:
        verbose_name = _("programme")
        constraints = [
            models.CheckConstraint(
                condition=Q(collaborators_limit__lte=SEATS_FOR_COLLABORATORS),
                name="programme_has_at_most_nine_collaborators",
            ),
            models.CheckConstraint(
                condition=Q(review_count__gte=1), name="programme_reviews_each_application"
            ),
            models.CheckConstraint(
                condition=Q(works_abroad_rule__in=AbroadRule.values),
                name="programme_has_a_rule_for_work_abroad",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def intake_text(self) -> str:
        """The operator's message while the intake is paused, if there is one."""
        return "" if self.intake_is_open else in_language(self.intake_message)

    def current_terms(self) -> "Terms":
        return self.terms.latest("version")
