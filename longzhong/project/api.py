"""The API: one router an app, one error shape `{"error": {"code", "message", …}}`."""

from importlib import import_module

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import module_has_submodule
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import SessionAuth

from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

STATUS = {"not_allowed": 403, "not_found": 404}


class SignedIn(SessionAuth):
    """The session of a signed-in person, as the doorkeeper let it through; writes need the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002
        who: Actor | None = getattr(request, "actor", None)
        return who


api = NinjaAPI(
    title="Longzhong", version="1", auth=SignedIn(), description="隆中：供电服务投诉预防与闭环处置平台", docs_url=None
)

for name in settings.APPS:
    app = import_module(name)
    if module_has_submodule(app, "api"):
        api.add_router(name.split(".")[-1] + "/", import_module(f"{name}.api").router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal in the one error shape."""
    status = STATUS.get(refusal.code, 409)
    body = {"error": {"code": refusal.code, "message": refusal.message, **refusal.facts}}
    return api.create_response(request, body, status=status)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that doesn't have the documented shape."""
    where = [{"where": list(row["loc"]), "why": row["msg"]} for row in error.errors]
    body = {"error": {"code": "malformed", "message": "请求的格式不对；什么都没有改动。", "fields": where}}
    return api.create_response(request, body, status=422)
