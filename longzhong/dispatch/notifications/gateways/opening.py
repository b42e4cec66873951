"""Which gateway serves which kind of provider."""

from collections.abc import Callable

from longzhong.dispatch.notifications.gateways import Config, Gateway
from longzhong.dispatch.notifications.gateways.email_smtp import EmailSmtp
from longzhong.dispatch.notifications.gateways.portal import Portal
from longzhong.dispatch.notifications.gateways.sms_http import SmsHttp
from longzhong.dispatch.notifications.gateways.sms_smpp import SmsSmpp
from longzhong.dispatch.notifications.gateways.webhook import Webhook
from longzhong.dispatch.notifications.gateways.wecom_robot import WecomRobot
from longzhong.dispatch.notifications.rules.channels import Kind

Opener = Callable[[Config], Gateway]
GATEWAYS: dict[Kind, Opener] = {
    Kind.SMS_HTTP: SmsHttp,
    Kind.SMS_SMPP: SmsSmpp,
    Kind.EMAIL_SMTP: EmailSmtp,
    Kind.WECOM_ROBOT: WecomRobot,
    Kind.WEBHOOK: Webhook,
    Kind.PORTAL: Portal,
}


def open_gateway(config: Config) -> Gateway:
    """The gateway of a provider; the line itself opens at the first use. GiveUp if a setting can't be read."""
    return GATEWAYS[Kind(config.kind)](config)
