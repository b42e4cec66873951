"""What may be done with notices: templates and providers kept, batches composed, released, sent, settled and forgotten."""

from longzhong.dispatch.notifications.services.audiences import compose_waiting, open_once
from longzhong.dispatch.notifications.services.claiming import Claimed, claim_batch
from longzhong.dispatch.notifications.services.composing import compose, fill_notice, open_notice
from longzhong.dispatch.notifications.services.providers import NewProvider, keep_provider, switch_provider
from longzhong.dispatch.notifications.services.receipts import (
    NewReceipt,
    acknowledge,
    match_receipts,
    provider_by_secret,
    record_receipts,
)
from longzhong.dispatch.notifications.services.releasing import (
    approve_notice,
    cancel_cause,
    cancel_notice,
    queue_notice,
    resend_uncertain,
)
from longzhong.dispatch.notifications.services.retention import erase_old
from longzhong.dispatch.notifications.services.sending import Sender, sending_slot
from longzhong.dispatch.notifications.services.settling import finish_notice, settle_batch, start_notice
from longzhong.dispatch.notifications.services.templates import NewTemplate, keep_template, retire_template
from longzhong.dispatch.notifications.services.uncertain import settle_uncertain

__all__ = [
    "Claimed",
    "NewProvider",
    "NewReceipt",
    "NewTemplate",
    "Sender",
    "acknowledge",
    "approve_notice",
    "cancel_cause",
    "cancel_notice",
    "claim_batch",
    "compose",
    "compose_waiting",
    "erase_old",
    "fill_notice",
    "finish_notice",
    "keep_provider",
    "keep_template",
    "match_receipts",
    "open_notice",
    "open_once",
    "provider_by_secret",
    "queue_notice",
    "record_receipts",
    "resend_uncertain",
    "retire_template",
    "sending_slot",
    "settle_batch",
    "settle_uncertain",
    "start_notice",
    "switch_provider",
]
