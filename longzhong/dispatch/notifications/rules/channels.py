"""Channels (渠道) and the kinds of providers behind them, with what each must be told. The page of providers is drawn from this."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"
    WECOM = "wecom"
    WEBHOOK = "webhook"
    PORTAL = "portal"


class Kind(StrEnum):
    SMS_HTTP = "sms_http"
    SMS_SMPP = "sms_smpp"
    EMAIL_SMTP = "email_smtp"
    WECOM_ROBOT = "wecom_robot"
    WEBHOOK = "webhook"
    PORTAL = "portal"


@dataclass(frozen=True)
class Setting:
    """One thing that a provider must be told; `secret` ones are sealed and never shown again."""

    name: str
    words: str
    needed: bool = False
    secret: bool = False
    first: str = ""
    note: str = ""


@dataclass(frozen=True)
class KindRow:
    """A kind of provider: its channel, its word, its settings, and how many messages one claim takes at most."""

    channel: Channel
    words: str
    settings: tuple[Setting, ...]
    batch: int = 100


CHANNEL_WORDS = {
    Channel.SMS: "短信", Channel.EMAIL: "电子邮件", Channel.WECOM: "企业微信群", Channel.WEBHOOK: "接口推送",
    Channel.PORTAL: "网上查询",
}  # fmt: skip
LONGEST = {Channel.SMS: 1000, Channel.EMAIL: 20000, Channel.WECOM: 680, Channel.WEBHOOK: 8000, Channel.PORTAL: 2000}
CALLBACK = Setting("callback", "回执口令", secret=True, note="服务商推送回执时放在请求头 X-Longzhong-Secret。")
HTTP_SMS = (
    Setting("url", "发送地址", needed=True, note="https://…"),
    Setting("format", "格式（json 或 form）", first="json"),
    Setting(
        "fields", "字段对应（JSON）", needed=True,
        first='{"mobile": "{address}", "content": "{text}", "sid": "{our_id}"}',
        note="可用 {address} {text} {our_id} {key} {secret}。",
    ),
    Setting("outer", "外层字段（JSON）", note="批量时与清单并列的固定字段，如账号。"),
    Setting("list_key", "批量字段", note="填写后一次请求送多条，每条一个对象。"),
    Setting("ok_path", "结果字段", first="code"),
    Setting("ok_value", "成功值", first="0"),
    Setting("ref_path", "服务商编号字段", first="id"),
    Setting("again_values", "可重试的结果值", note="用逗号分开。"),
    Setting("results_key", "批量结果字段", note="各条结果按我方编号字段对应。"),
    Setting("our_path", "我方编号字段", first="sid"),
    Setting("query_url", "查询地址", note="按我方编号查询；没有就留空。"),
    Setting("found_values", "查询：已受理的状态值", first="accepted,delivered"),
    Setting("missing_values", "查询：没有收到的状态值", first="unknown"),
    Setting("state_path", "查询：状态字段", first="state"),
    Setting("timeout_s", "超时（秒）", first="10"),
    Setting("key", "账号", secret=True),
    Setting("secret", "密钥", secret=True),
    CALLBACK,
)  # fmt: skip
KINDS = {
    Kind.SMS_HTTP: KindRow(Channel.SMS, "短信 HTTP 接口", HTTP_SMS, batch=200),
    Kind.SMS_SMPP: KindRow(
        Channel.SMS,
        "短信 SMPP 3.4",
        (
            Setting("host", "主机", needed=True),
            Setting("port", "端口", needed=True, first="2775"),
            Setting("system_id", "系统编号", needed=True),
            Setting("source", "发送号码", needed=True, note="如 1069…"),
            Setting("window", "窗口", first="20"),
            Setting("timeout_s", "超时（秒）", first="10"),
            Setting("password", "口令", secret=True),
        ),
        batch=100,
    ),
    Kind.EMAIL_SMTP: KindRow(
        Channel.EMAIL,
        "电子邮件 SMTP",
        (
            Setting("host", "主机", needed=True),
            Setting("port", "端口", needed=True, first="465"),
            Setting("security", "加密（ssl、starttls 或 none）", first="ssl"),
            Setting("sender", "发件地址", needed=True),
            Setting("sender_name", "发件人名"),
            Setting("timeout_s", "超时（秒）", first="20"),
            Setting("user", "账号", secret=True),
            Setting("password", "口令", secret=True),
        ),
        batch=50,
    ),
    Kind.WECOM_ROBOT: KindRow(
        Channel.WECOM,
        "企业微信群机器人",
        (
            Setting(
                "notify_url", "推送地址", needed=True, first="https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
                note="群的 key 随收件人给出。",
            ),
            Setting("timeout_s", "超时（秒）", first="10"),
        ),
        batch=20,
    ),
    Kind.WEBHOOK: KindRow(
        Channel.WEBHOOK,
        "接口推送（HMAC 签名）",
        (
            Setting("url", "推送地址", needed=True),
            Setting("timeout_s", "超时（秒）", first="10"),
            Setting("secret", "签名密钥", needed=True, secret=True),
            CALLBACK,
        ),
        batch=100,
    ),
    Kind.PORTAL: KindRow(Channel.PORTAL, "网上查询（不外发）", (), batch=500),
}  # fmt: skip


def channel_of(kind: Kind) -> Channel:
    """The channel that a kind of provider serves."""
    return KINDS[kind].channel
