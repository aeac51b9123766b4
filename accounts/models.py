"""The user: an e-mail address, a name and a role; and the ORCID record that they linked."""

from typing import Any, ClassVar

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.roles import ABILITIES, Ability, Role, roles_with
from lib.models import PublicModel
from lib.time import Now


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())

    def able_to(self, ability: Ability) -> "models.QuerySet[User]":
        """Everybody whose role gives the ability and who may sign in."""
        return self.filter(role__in=roles_with(ability), is_active=True)

    def with_verified_email(self, email: str) -> "User | None":
        """The person who has proved to read this address; nobody else answers for it."""
        return self.filter(
            is_active=True,
            emailaddress__email__iexact=email.strip(),
            emailaddress__verified=True,
        ).first()


class User(PublicModel, AbstractBaseUser, PermissionsMixin):
    """A person, who signs in with an e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.APPLICANT)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_is_lower_case",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_has_role"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def has_ability(self, ability: Ability) -> bool:
        return self.is_active and ability in ABILITIES[Role(self.role)]

    @property
    def is_reviewing_staff(self) -> bool:
        return self.has_ability(Ability.REVIEW)

    @property
    def is_operator(self) -> bool:
        return self.has_ability(Ability.RUN_PROGRAMME)

    @property
    def is_staff(self) -> bool:
        """Who may open Django's own administration."""
        return self.is_operator


class OrcidRecord(PublicModel):
    """The ORCID record of a person who signed in there, as it was when it was last looked at.

    `asked_at` is the last attempt and `told_at` the last that brought an answer. It lives as long
    as the link does.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="orcid")
    orcid_id = models.CharField(max_length=19, unique=True)
    linked_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    employments = models.JSONField(default=list)
    works_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.orcid_id

    @property
    def has_answered(self) -> bool:
        """Whether the last attempt brought an answer."""
        return self.told_at is not None and self.told_at == self.asked_at
