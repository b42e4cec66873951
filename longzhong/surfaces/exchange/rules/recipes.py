"""All recipes (导入方案) by code, in the order in which a new county imports them."""

from collections.abc import Collection
from dataclasses import replace

from longzhong.surfaces.exchange.rules.columns import Recipe
from longzhong.surfaces.exchange.rules.recipes_arrears import ARREARS
from longzhong.surfaces.exchange.rules.recipes_closures import HOUSEHOLDS
from longzhong.surfaces.exchange.rules.recipes_curves import CURVES
from longzhong.surfaces.exchange.rules.recipes_customers import ACCOUNTS
from longzhong.surfaces.exchange.rules.recipes_network import AREAS, METERS
from longzhong.surfaces.exchange.rules.recipes_org import GRIDS, STAFF, UNITS

RECIPES: dict[str, Recipe] = {
    one.code: one for one in (UNITS, STAFF, GRIDS, AREAS, METERS, ACCOUNTS, CURVES, ARREARS, HOUSEHOLDS)
}
PERSONAL = frozenset({"staff", "accounts", "arrears", "households"})
"""Recipes whose cells hold personal data: their refused rows are erased soonest."""


def recipe_for(code: str, given: Collection[str] = ()) -> Recipe:
    """A recipe whose `given` columns a file needn't have: the page on which it was brought says them."""
    found = RECIPES[code]
    return (
        found
        if not given
        else replace(
            found, columns=tuple(replace(one, required=one.required and one.role not in given) for one in found.columns)
        )
    )
