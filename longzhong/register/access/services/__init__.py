"""Users, grants and sign-ins, kept apart (三权分立): 系统管理员 makes users, 安全管理员 gives grants."""

from longzhong.register.access.rules import Mandate
from longzhong.register.access.services.grants import grant, revoke
from longzhong.register.access.services.passwords import change_password, reset_password
from longzhong.register.access.services.sign_in import sign_in, sign_out, unlock
from longzhong.register.access.services.users import create_user, set_active

__all__ = [
    "Mandate",
    "change_password",
    "create_user",
    "grant",
    "reset_password",
    "revoke",
    "set_active",
    "sign_in",
    "sign_out",
    "unlock",
]
