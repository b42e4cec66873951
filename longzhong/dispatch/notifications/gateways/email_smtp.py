"""E-mail by SMTP; our number is the Message-ID, so that a mailbox knows a repetition."""

import smtplib
import ssl
import time
from collections.abc import Iterator, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from longzhong.dispatch.notifications.gateways import (
    Config,
    GiveUp,
    Outcome,
    Outgoing,
    Result,
    Silent,
    TryAgain,
)
from longzhong.kit import clock

CUT_OFF = (smtplib.SMTPServerDisconnected, OSError)


class EmailSmtp(Silent):
    """One connection a batch."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.sender = config.settings.get("sender", "")

    def send(self, batch: Sequence[Outgoing], until: float) -> Iterator[Result]:
        server = self._connected()
        try:
            for one in batch:
                if time.monotonic() > until:
                    break
                try:
                    yield self._mail(server, one)
                except CUT_OFF as error:
                    yield Result(one.id, Outcome.UNKNOWN, code="cut_off")
                    raise TryAgain("broken") from error
        finally:
            _hang_up(server)

    def _mail(self, server: smtplib.SMTP, one: Outgoing) -> Result:
        try:
            server.sendmail(self.sender, [one.address], self._letter(one).as_bytes())
        except smtplib.SMTPRecipientsRefused as error:
            status = next(iter(error.recipients.values()))[0]
        except smtplib.SMTPSenderRefused as error:
            raise GiveUp(f"sender_{error.smtp_code}") from error
        except smtplib.SMTPResponseException as error:
            status = error.smtp_code
        else:
            return Result(one.id, Outcome.SENT, ref=one.our_id)
        return Result(one.id, Outcome.AGAIN if status < 500 else Outcome.REFUSED, code=f"smtp_{status}")

    def _letter(self, one: Outgoing) -> EmailMessage:
        name, (user, _at, domain) = self.config.settings.get("sender_name", ""), self.sender.partition("@")
        letter = EmailMessage()
        letter["From"] = Address(name, user, domain)
        letter["To"] = one.address
        letter["Subject"] = one.subject.replace("\n", " ")
        letter["Date"] = format_datetime(clock.now())
        letter["Message-ID"] = f"<{one.our_id}@{domain or 'longzhong'}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(one.text)
        return letter

    def _connected(self) -> smtplib.SMTP:
        settings, secrets = self.config.settings, self.config.secrets
        host, port = settings.get("host", ""), int(self.config.number("port", 465))
        timeout, security = self.config.number("timeout_s", 20), settings.get("security") or "ssl"
        try:
            if security == "ssl":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    host, port, timeout=timeout, context=ssl.create_default_context()
                )
            else:
                server = smtplib.SMTP(host, port, timeout=timeout)
            if security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if secrets.get("user"):
                server.login(secrets["user"], secrets.get("password", ""))
        except smtplib.SMTPAuthenticationError as error:
            raise GiveUp("login") from error
        except (smtplib.SMTPException, OSError) as error:
            raise TryAgain("unreachable") from error
        return server


def _hang_up(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()
