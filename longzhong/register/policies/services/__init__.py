"""Load the reviewed packs, and change a policy. Both add rows and close open ones; what held stays readable."""

from longzhong.register.policies.services.changing import change_policy, end_policy
from longzhong.register.policies.services.loading import Loaded, load_pack, load_packs

__all__ = ["Loaded", "change_policy", "end_policy", "load_pack", "load_packs"]
