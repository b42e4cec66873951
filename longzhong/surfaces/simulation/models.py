"""What a demo county remembers of itself: its seed, how far it has lived, what was broken on purpose, and what was mended."""

from django.db import models

from longzhong.surfaces.simulation.rules.faults import FAULT_NAMES, Cure, FaultKind


class Seed(models.Model):
    """The demo county of this installation: there is at most one (id 1)."""

    seed = models.BigIntegerField()
    customers = models.PositiveIntegerField()
    areas = models.PositiveIntegerField()
    first_day = models.DateField()
    days = models.PositiveIntegerField()  # as asked for at the building; a county may live on
    run_to = models.DateField(null=True)  # last civil day whose curves were delivered
    seconds = models.JSONField(default=dict)  # by stage of the building
    logins_sealed = models.TextField(
        blank=True
    )  # demo logins with their first password, for `make demo` to print again

    def __str__(self) -> str:
        return f"seed {self.seed}"


class InjectedFault(models.Model):
    """One row of the truth table (注入故障真值表)."""

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=16, choices=[(kind.value, FAULT_NAMES[kind]) for kind in FaultKind])
    area_code = models.CharField(max_length=40)
    meter_code = models.CharField(max_length=40, blank=True)
    customer = models.IntegerField()  # row of the plan, -1 for the area itself
    from_on = models.DateField()
    factor = models.FloatField()
    target = models.FloatField()
    season = models.CharField(max_length=12)
    marginal = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["area_code"], name="injected_of_area")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Repair(models.Model):
    """Work that changed the physics, from the civil day after `done_on`."""

    order_id = models.BigIntegerField()
    round = models.PositiveSmallIntegerField(default=0)  # how often the order had been finished before
    area_code = models.CharField(max_length=40)
    cure = models.CharField(max_length=24, choices=[(cure.value, cure.value) for cure in Cure])
    done_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order_id", "round"], name="one_repair_per_finish")]

    def __str__(self) -> str:
        return f"{self.cure} {self.done_on}"
