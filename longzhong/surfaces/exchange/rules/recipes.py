"""All recipes (导入方案) by code, in the order in which a new county imports them."""

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
