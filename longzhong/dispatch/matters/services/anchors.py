"""The daily anchor of all chain heads: a chain whose tail is cut afterwards no longer fits."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from longzhong.dispatch.matters.models import Anchor, AnchorHead, ChainHead
from longzhong.dispatch.matters.rules.chain import anchor_digest
from longzhong.kit import clock
from longzhong.kit.actor import Actor


@transaction.atomic
def anchor_heads(*, by: Actor, at: datetime) -> Anchor:  # noqa: ARG001  every service says who
    """Anchor the heads that moved since the last anchor; once a day, twice is once."""
    day = clock.civil_day(at)
    last = Anchor.objects.select_for_update().order_by("-id").first()
    if last is not None and last.day >= day:
        return last
    heads = list(ChainHead.objects.filter(anchored_seq__lt=F("seq")).order_by("matter"))
    lines = [(head.matter, head.seq, head.digest) for head in heads]
    digest = anchor_digest(last.digest if last else "", lines)
    anchor = Anchor.objects.create(day=day, at=at, heads=len(heads), digest=digest)
    AnchorHead.objects.bulk_create(
        [AnchorHead(anchor=anchor, matter=matter, seq=seq, digest=head) for matter, seq, head in lines], batch_size=5000
    )
    for head in heads:
        head.anchored_seq = head.seq
    ChainHead.objects.bulk_update(heads, ["anchored_seq"], batch_size=2000)
    return anchor
