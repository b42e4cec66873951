"""Users, what they may do from when to when, and their sign-ins. A user is a login; the person is org.Staff."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from longzhong.kit.dated import Dated, no_overlap
from longzhong.register.access.rules import SignInOutcome
from longzhong.register.org.rules import ROLE_NAMES, THREE_ADMINISTRATORS


class Users(BaseUserManager["User"]):
    """Users are made by services.create_user only; each comes with its staff member, whose name it bears."""

    def get_queryset(self) -> models.QuerySet["User"]:
        return super().get_queryset().select_related("staff")


class User(AbstractBaseUser):
    """A login. Its name for people is that of its staff member, or `title` where there is none (administrators)."""

    login = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=40, blank=True)
    staff = models.OneToOneField("org.Staff", null=True, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    password_set_at = models.DateTimeField()
    created_at = models.DateTimeField()
    last_login = None  # sign-ins are rows of SignIn, in the house's own time

    USERNAME_FIELD = "login"
    objects = Users()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="access_login_lower_case", condition=models.Q(login=Lower("login")))
        ]

    def __str__(self) -> str:
        return self.login

    @property
    def name(self) -> str:
        """What people call them: the staff member's name, the title, or the login."""
        return self.staff.name if self.staff else self.title or self.login


class PastPassword(models.Model):
    """A password hash used before, so that it isn't used again soon."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="past_passwords")  # nothing without its user
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"


class Grant(Dated):
    """A role over a unit and all below it, on these days; with GrantGrid rows only over those grid cells."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=12, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            no_overlap(
                "access_one_administrator_office",  # 三权分立: a user is at most one of the three at a time
                "user",
                condition=models.Q(role__in=sorted(role.value for role in THREE_ADMINISTRATORS)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} @ {self.unit_id}"


class GrantGrid(models.Model):
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="grids")  # nothing without its grant
    grid = models.ForeignKey("org.GridCell", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="access_grant_grid_once", fields=["grant", "grid"])]

    def __str__(self) -> str:
        return f"{self.grant_id}: {self.grid_id}"


class SignIn(models.Model):
    """One attempt to sign in. The name typed is kept as a keyed index: it may be a mistyped password."""

    login_index = models.CharField(max_length=64)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="sign_ins")
    outcome = models.CharField(max_length=12, choices=[(o.value, o.value) for o in SignInOutcome])
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["login_index", "-id"], name="access_signin_login")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d %H:%M}"
