"""Who people are, which agency or region they speak for, and how they were invited."""

import datetime
import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import Agency, Partnership, Region

CODE_BYTES = 6


def new_code() -> str:
    """Return a short random word by which addresses name a row; it gives no access to anything."""
    return secrets.token_hex(CODE_BYTES)


class UserManager(BaseUserManager["User"]):
    """Makes people; email addresses are compared without regard to case."""

    def create_user(self, email: str, name: str, password: str | None = None, **extra: object) -> "User":
        """Make a person who can sign in with this address."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None) -> "User":
        """Make an administrator; the command `createsuperuser` calls this for the first one."""
        return self.create_user(email, name, password, is_staff=True, is_superuser=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in; what they may do follows from memberships and posts, not from this row."""

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("can sign in"), default=True)
    is_staff = models.BooleanField(_("is an administrator"), default=False)
    is_demonstration = models.BooleanField(_("is made up"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="email_once_whatever_its_case")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name people are shown."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name people are shown."""
        return self.name


class Role(models.TextChoices):
    """What a member may do: each role includes the one before it."""

    VIEWER = "viewer", _("Viewer")
    OFFICER = "officer", _("Officer")
    COORDINATOR = "coordinator", _("Coordinator")


class Standpoint(models.TextChoices):
    """Where in the partnership a member stands."""

    STRATEGIC = "strategic", _("Strategic")
    DELIVERY = "delivery", _("Delivery")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions asked of memberships."""

    def current(self) -> "MembershipQuerySet":
        """Return memberships that have not been ended."""
        return self.filter(ended_at=None)

    def of(self, partnership: Partnership) -> "MembershipQuerySet":
        """Return everybody's memberships in one partnership."""
        return self.filter(agency__partnership=partnership)

    def coordinators(self) -> "MembershipQuerySet":
        """Return the memberships of coordinators who can sign in."""
        return self.current().filter(role=Role.COORDINATOR, user__is_active=True)

    def succeeding(self, membership: "Membership") -> "MembershipQuerySet":
        """Return the seats from which others coordinate the partnership of this one."""
        return self.coordinators().of(membership.agency.partnership).exclude(pk=membership.pk)

    def listed(self) -> "MembershipQuerySet":
        """Fetch person and agency in the same query, in the order of the people page."""
        return self.select_related("user", "agency__kind").order_by("agency__kind", "agency__name", "user__name")


class Membership(models.Model):
    """A person's seat in a partnership, for one agency; a person may hold several."""

    code = models.SlugField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", verbose_name=_("agency"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    standpoint = models.CharField(
        _("standpoint"), max_length=10, choices=Standpoint.choices, default=Standpoint.DELIVERY
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency"], condition=Q(ended_at=None), name="one_current_membership_an_agency"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.agency}, {self.get_role_display()}"


class RegionalPostQuerySet(models.QuerySet["RegionalPost"]):
    """Questions asked of posts."""

    def current(self) -> "RegionalPostQuerySet":
        """Return posts that have not been ended."""
        return self.filter(ended_at=None)


class RegionalPost(models.Model):
    """A person's post in the Government Office of one region."""

    code = models.SlugField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("person"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="posts", verbose_name=_("region"))
    can_review = models.BooleanField(_("can review"), default=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = RegionalPostQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "region"], condition=Q(ended_at=None), name="one_current_post_a_region"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.region}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions asked of invitations."""

    def waiting(self, now: datetime.datetime) -> "InvitationQuerySet":
        """Return invitations that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)

    def to(self, email: str) -> "InvitationQuerySet":
        """Return the invitations of one email address, whatever its case."""
        return self.filter(email__iexact=email)

    def with_place(self) -> "InvitationQuerySet":
        """Fetch the agency and partnership, or the region, in the same query."""
        return self.select_related("agency__kind", "agency__partnership__police_force__region", "region")


class Invitation(models.Model):
    """A link that lets one person join: one agency's seat or one region's post; only the token's hash is kept."""

    code = models.SlugField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    email = models.EmailField(_("email address"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="invitations", verbose_name=_("agency"), null=True, blank=True
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="invitations", verbose_name=_("region"), null=True, blank=True
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, blank=True)
    standpoint = models.CharField(_("standpoint"), max_length=10, choices=Standpoint.choices, blank=True)
    token_hash = models.CharField(_("token's SHA-256"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("invited by"))

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, region__isnull=True, role__in=Role.values)
                | Q(agency__isnull=True, region__isnull=False, role=""),
                name="invitation_is_to_an_agency_or_a_region",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.agency or self.region}"

    @property
    def partnership(self) -> Partnership | None:
        """The partnership it is to, or None where it is to a Government Office."""
        return self.agency.partnership if self.agency else None

    @property
    def place(self) -> str:
        """Where the person is invited to, as pages name it."""
        if self.region is not None:
            return self.region.government_office
        return f"{self.agency.partnership}, {self.agency}" if self.agency else ""
