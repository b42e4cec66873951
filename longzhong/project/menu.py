"""The navigation as a table: the loop in Chinese, only pages that exist, only doors that open for this person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as named

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.web.door import SCOPE_KEY
from longzhong.register.org.rules import ROLE_NAMES, Role

OWN_TIME = timedelta(minutes=1)  # a county whose clock is further off lives in its own time: a demo

# group, label, url name, icon, address prefix that marks it as the present place
ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    (named("总览"), named("驾驶舱"), "cockpit:home", "layout-dashboard", ""),
    (named("总览"), named("能力地图"), "cockpit:modules", "layout-grid", "/modules/"),
    (named("感知"), named("电压监测"), "curves:findings", "wave-sine", "/curves/"),
    (named("感知"), named("停电"), "outages:board", "bolt", "/outages/"),
    (named("感知"), named("停电研判"), "troubles:board", "urgent", "/troubles/"),
    (named("感知"), named("恢复预计"), "restorations:board", "clock-hour-4", "/restorations/"),
    (named("感知"), named("台区"), "network:areas", "building-broadcast-tower", "/areas/"),
    (named("感知"), named("拓扑核查"), "network:topology", "topology-star-3", "/network/topology/"),
    (named("预警"), named("预警看板"), "alerts:board", "alert-triangle", "/alerts/"),
    (named("预警"), named("频繁停电"), "reliability:frequent", "repeat", "/reliability/frequent/"),
    (named("派单处置"), named("工单"), "workorders:board", "clipboard-list", "/orders/"),
    (named("派单处置"), named("抢修调度"), "crews:board", "truck", "/crews/"),
    (named("派单处置"), named("我的班组"), "crews:mine", "users-group", "/crews/mine/"),
    (named("派单处置"), named("告知任务"), "announcements:board", "speakerphone", "/announcements/"),
    (named("派单处置"), named("通知"), "notifications:board", "send", "/notices/"),
    (named("派单处置"), named("我的工单"), "field:home", "device-mobile", "/field/"),
    (named("诉求"), named("来电受理"), "hotline:desk", "headset", "/calls/desk/"),
    (named("诉求"), named("随手记来电"), "hotline:quick", "phone-plus", "/calls/quick/"),
    (named("诉求"), named("粘贴受理"), "hotline:paste", "clipboard-text", "/calls/paste/"),
    (named("诉求"), named("来电记录"), "hotline:calls", "phone", "/calls/"),
    (named("诉求"), named("诉求看板"), "hotline:board", "messages", "/calls/cases/"),
    (named("诉求"), named("我的诉求"), "hotline:mine", "user-check", "/calls/mine/"),
    (named("诉求"), named("回访台"), "hotline:callbacks", "phone-outgoing", "/calls/callbacks/"),
    (named("诉求"), named("承诺兑现"), "hotline:promises", "calendar-check", "/calls/promises/"),
    (named("诉求"), named("重复致电"), "hotline:repeats", "repeat", "/calls/repeats/"),
    (named("诉求"), named("最终答复"), "finals:board", "rubber-stamp", "/finals/"),
    (named("诉求"), named("全过程核实"), "hotline:audit", "checklist", "/calls/audit/"),
    (named("诉求"), named("常来客户"), "petitioners:list", "users", "/petitioners/"),
    (named("诉求"), named("大厅处置台"), "petitioners:desk", "bell", "/petitioners/desk/"),
    (named("诉求"), named("用电解释单"), "explanations:board", "file-text", "/explanations/"),
    (named("诉求"), named("潜在投诉化解"), "nearmisses:board", "shield-check", "/nearmisses/"),
    (named("诉求"), named("欠费停复电"), "disconnections:board", "plug-off", "/disconnections/"),
    (named("诉求"), named("服务评价"), "portal:ratings", "star", "/p/ratings/"),
    (named("投诉治理"), named("投诉治理"), "complaints:board", "gavel", "/complaints/"),
    (named("投诉治理"), named("待我办理的投诉"), "complaints:mine", "user-exclamation", "/complaints/mine/"),
    (named("投诉治理"), named("申诉"), "appeals:board", "arrow-back-up", "/appeals/"),
    (named("投诉治理"), named("整改单"), "rectifications:board", "clipboard-check", "/rectifications/"),
    (named("投诉治理"), named("穿透分析"), "analyses:board", "zoom-question", "/analyses/"),
    (named("投诉治理"), named("典型案例"), "lessons:board", "school", "/lessons/"),
    (named("投诉治理"), named("专项整治"), "campaigns:board", "target-arrow", "/campaigns/"),
    (named("投诉治理"), named("报备"), "filings:board", "file-alert", "/filings/"),
    (named("投诉治理"), named("舆情"), "media:board", "news", "/media/"),
    (named("投诉治理"), named("小区移交"), "transfers:board", "building-community", "/transfers/"),
    (named("投诉治理"), named("二次告知"), "closures:faults", "alert-circle", "/closures/again/"),
    (named("走访联络"), named("客户"), "customers:accounts", "users", "/accounts/"),
    (named("走访联络"), named("待办销户"), "closures:board", "home-off", "/closures/"),
    (named("走访联络"), named("销户台"), "closures:desk", "home-cog", "/closures/desk/"),
    (named("走访联络"), named("拆迁项目"), "closures:projects", "backhoe", "/closures/projects/"),
    (named("走访联络"), named("我的拆迁户"), "closures:mine", "home-check", "/closures/mine/"),
    (named("考评"), named("治理指标"), "indicators:home", "report-analytics", "/indicators/"),
    (named("考评"), named("投诉台账"), "ledgers:home", "notebook", "/ledgers/"),
    (named("考评"), named("投诉分析"), "ledgers:analysis", "chart-bar", "/ledgers/analysis/"),
    (named("考评"), named("供电可靠性"), "reliability:home", "activity", "/reliability/"),
    (named("考评"), named("季节清单"), "reliability:seasons", "calendar-event", "/reliability/seasons/"),
    (named("考评"), named("保电方案"), "reliability:guarantees", "shield-bolt", "/reliability/guarantees/"),
    (named("考评"), named("周通报"), "bulletins:board", "report", "/bulletins/"),
    (named("考评"), named("客户声音"), "bulletins:voice", "ear", "/bulletins/voice/"),
    (named("考评"), named("抢修四句"), "bulletins:stages", "tool", "/bulletins/stages/"),
    (named("考评"), named("信息共享"), "bulletins:feed", "share", "/bulletins/feed/"),
    (named("考评"), named("服务档案"), "nearmisses:staff", "award", "/nearmisses/staff/"),
    (named("制度与系统"), named("单位与人员"), "org:units", "sitemap", "/units/"),
    (named("制度与系统"), named("网格"), "org:grids", "affiliate", "/grids/"),
    (named("制度与系统"), named("1+1+1 责任"), "org:responsibilities", "users-group", "/responsibilities/"),
    (named("制度与系统"), named("工作日历"), "org:calendar", "calendar", "/calendar/"),
    (named("制度与系统"), named("通知模板"), "notifications:templates", "template", "/notices/templates/"),
    (named("制度与系统"), named("通知通道"), "notifications:providers", "broadcast", "/notices/providers/"),
    (named("制度与系统"), named("诉求分类"), "categories:tree", "category", "/categories/"),
    (named("制度与系统"), named("研判模型"), "texts:models", "brain", "/texts/"),
    (named("制度与系统"), named("制度参数"), "policies:list", "scale", "/policies/"),
    (named("制度与系统"), named("数据导入"), "exchange:runs", "file-import", "/import/"),
    (named("制度与系统"), named("用户与授权"), "access:users", "user-check", "/system/users/"),
    (named("制度与系统"), named("审计日志"), "access:journal", "history", "/system/journal/"),
    (named("制度与系统"), named("演示县"), "simulation:home", "flask", "/simulation/"),
    (named("制度与系统"), named("事件投递"), "outbox", "inbox", "/system/outbox/"),
    (named("制度与系统"), named("组件目录"), "cockpit:components", "components", "/system/components/"),
)
DEMO_ONLY = "simulation:home"
# the four entries under the thumb: the first four that the person may open, of what their first role looks at, then of the rest
THUMBS: dict[Role, tuple[str, ...]] = {
    Role.GRID: ("field:home", "hotline:quick", "hotline:mine", "alerts:board"),
    Role.CREW: ("field:home", "hotline:quick", "outages:board", "workorders:board"),
    Role.DESK: ("hotline:desk", "hotline:board", "hotline:callbacks", "outages:board"),
    Role.STATION: ("cockpit:home", "hotline:mine", "workorders:board", "outages:board"),
    Role.QUALITY: ("cockpit:home", "complaints:mine", "hotline:board", "bulletins:board"),
    Role.DEPT: ("cockpit:home", "complaints:mine", "workorders:board", "outages:board"),
    Role.LEADER: ("cockpit:home", "hotline:board", "bulletins:board", "alerts:board"),
}
THUMB = (
    "field:home",
    "cockpit:home",
    "access:journal",
    "access:users",
    "workorders:board",
    "alerts:board",
    "customers:accounts",
    "curves:findings",
    "org:units",
    "policies:list",
)
PERSON = (("access:password", named("修改密码"), "key"),)
THUMB_LABELS = {
    "field:home": named("我的"),
    "cockpit:home": named("总览"),
    "curves:findings": named("电压"),
    "alerts:board": named("预警"),
    "hotline:desk": named("受理"),
    "hotline:quick": named("记来电"),
    "hotline:mine": named("诉求"),
    "hotline:board": named("诉求"),
    "hotline:callbacks": named("回访"),
    "bulletins:board": named("通报"),
    "complaints:mine": named("投诉"),
}


@dataclass(frozen=True)
class Item:
    name: str
    label: str
    href: str
    icon: str
    active: bool = False


@dataclass(frozen=True)
class Group:
    label: str
    items: list[Item]


@dataclass(frozen=True)
class Shell:
    """What the layout draws around every page."""

    now: datetime
    groups: list[Group]
    thumb: list[Item]
    person: str
    roles: str
    person_items: list[Item]
    query: str
    home_url: str
    search_url: str
    bell_url: str
    bell_href: str
    scope_url: str
    scope_name: str
    logout_url: str
    demo: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the shell of a signed-in person."""
    who: Actor | None = getattr(request, "actor", None)
    items = _items(request, who) if who is not None else []
    chosen = request.session.get(SCOPE_KEY) if hasattr(request, "session") else None
    return {
        "shell": Shell(
            now=clock.now(),
            groups=_groups(items),
            thumb=_thumb([item for _group, item in items], who) if who else [],
            person=who.name if who else "",
            roles="、".join(_role_names(who)) if who else "",
            person_items=[Item(name, _(label), href, icon) for name, label, icon in PERSON if (href := _href(name))],
            query=request.GET.get("q", "") if request.path == _href("cockpit:search") else "",
            home_url=_href("start"),
            search_url=_href("cockpit:search") if who else "",
            bell_url=_href("cockpit:bell") if who else "",
            bell_href=_href("cockpit:due") if who else "",
            scope_url=_href("cockpit:scope") if who else "",
            scope_name=chosen["name"] if chosen else _("全部单位"),
            logout_url=_href("access:logout"),
            demo=_is_demo(),
        )
    }


def first_page(who: Actor) -> str:
    """Where somebody starts: the first entry under their thumb, else of the menu, else their own account."""
    names = (*_favoured(who), *(row[2] for row in ROWS), PERSON[0][0])
    return next(href for name in names if (href := _href(name)) and _opens(href, who))


def _items(request: HttpRequest, who: Actor) -> list[tuple[str, Item]]:
    found = []
    demo, here = _is_demo(), _place(request.path)
    for group, label, name, icon, _prefix in ROWS:
        href = _href(name) if demo or name != DEMO_ONLY else ""
        if href and _opens(href, who):
            found.append((group, Item(name, _(label), href, icon, name == here)))
    return found


def _place(path: str) -> str:
    """The row where somebody is: its own address, else the longest prefix of the path."""
    rows = [(len(prefix), name) for _group, _label, name, _icon, prefix in ROWS if prefix and path.startswith(prefix)]
    own = next((row[2] for row in ROWS if not row[4] and path == _href(row[2])), "")
    return own or max(rows, default=(0, ""))[1]


def _is_demo() -> bool:
    return abs(clock.now() - clock.real_now()) > OWN_TIME


def _groups(items: list[tuple[str, Item]]) -> list[Group]:
    return [
        Group(_(label), [item for group, item in items if group == label])
        for label in dict.fromkeys(group for group, _item in items)
    ]


def _thumb(items: list[Item], who: Actor) -> list[Item]:
    known = {item.name: item for item in items}
    chosen = [known[name] for name in _favoured(who) if name in known][:4]
    return [Item(i.name, _(THUMB_LABELS.get(i.name, i.label)), i.href, i.icon, i.active) for i in chosen]


def _favoured(who: Actor) -> list[str]:
    """Names of pages, the most looked at first; of several roles the first one's."""
    role = next((role for role in THUMBS if who.has(role)), None) if not who.system else None
    return list(dict.fromkeys((*(THUMBS[role] if role else ()), *THUMB)))


def _opens(href: str, who: Actor) -> bool:
    roles: tuple[str, ...] = getattr(resolve(href).func, "page_roles", ())
    return not roles or who.has(*roles)


def _role_names(who: Actor) -> list[str]:
    return [str(ROLE_NAMES.get(Role(role), role)) for role in sorted(who.roles)]


def _href(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
