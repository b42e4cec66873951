"""`longzhong load_policies`: bring the reviewed packs into the rule table; twice changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.policies import services


class Command(BaseCommand):
    help = "Load the reviewed policy packs (idempotent)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = services.load_packs(by=Actor.machine("policies.packs"), at=clock.now())
        self.stdout.write(f"policies: {done.opened} opened, {done.unchanged} unchanged, {done.kept} kept by a person")
