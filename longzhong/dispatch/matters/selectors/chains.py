"""Prove the chains: every step of every matter, every head, every anchor."""

from collections.abc import Iterator
from itertools import groupby

from longzhong.dispatch.matters.engines import files
from longzhong.dispatch.matters.models import Anchor, AnchorHead, Attachment, ChainHead, Step, StepWords
from longzhong.dispatch.matters.rules.chain import Break, Link, Parts, anchor_digest, breaks

ANCHORS = "anchors"


def broken_links(matter: str | None = None) -> Iterator[Break]:
    """Where chains and anchors don't hold; nothing when all is well. Reads in one pass, in order of matter and step."""
    heads = ChainHead.objects.order_by("id")
    steps = Step.objects.select_related("words").order_by("head_id", "seq")
    if matter is not None:
        heads, steps = heads.filter(matter=matter), steps.filter(head__matter=matter)
    names = dict(heads.values_list("id", "matter"))
    ends = {head_id: (seq, digest) for head_id, seq, digest in heads.values_list("id", "seq", "digest")}
    for head_id, group in groupby(steps.iterator(chunk_size=2000), key=lambda step: step.head_id):
        links = (link_of(step, names[head_id]) for step in group)
        yield from breaks(links, *ends.pop(head_id))
    for head_id, (seq, digest) in ends.items():
        if seq or digest:
            yield Break(names[head_id], seq, "steps_missing")
    yield from _broken_anchors(matter)
    yield from _broken_attachments(matter)


def broken_files(matter: str | None = None) -> Iterator[Break]:
    """Attachments whose file is gone or has another content than its name says; reads every file."""
    rows = Attachment.objects.filter(erased_at=None).select_related("step").order_by("id")
    for row in rows if matter is None else rows.filter(matter=matter):
        if not files.is_whole(row.sha256):
            yield Break(row.matter, row.step.seq if row.step else 0, "file_changed")


def link_of(step: Step, matter: str) -> Link:
    """A step as the chain sees it."""
    words = getattr(step, "words", None)
    parts = Parts(words.salt, words.words, tuple(words.files)) if words is not None else None
    return Link(
        matter,
        step.seq,
        step.verb,
        step.user_id,
        step.staff_id,
        step.at,
        step.data,
        step.parts_digest,
        step.digest,
        parts,
    )


def counted_steps() -> tuple[int, int, int]:
    """How many matters, steps and anchors there are to prove."""
    return ChainHead.objects.count(), Step.objects.count(), Anchor.objects.count()


def last_anchor() -> tuple[str, str] | None:
    """Day and digest of the last anchor: to be written down outside of the database."""
    row = Anchor.objects.order_by("-id").first()
    return (row.day.isoformat(), row.digest) if row else None


def _broken_attachments(matter: str | None) -> Iterator[Break]:
    """Steps whose attachments aren't those that went into their digest."""
    rows = StepWords.objects.exclude(files=[]).select_related("step__head").prefetch_related("step__attachments")
    for row in (rows if matter is None else rows.filter(step__head__matter=matter)).order_by("id").iterator(2000):
        if sorted(file.sha256 for file in row.step.attachments.all()) != sorted(row.files):
            yield Break(row.step.head.matter, row.step.seq, "files_changed")


def _broken_anchors(matter: str | None) -> Iterator[Break]:
    lines = AnchorHead.objects.order_by("anchor_id", "matter")
    if matter is not None:
        lines = lines.filter(matter=matter)
    digests = {
        (head, seq): digest
        for head, seq, digest in Step.objects.filter(
            head__matter__in=[matter] if matter else lines.values("matter")
        ).values_list("head__matter", "seq", "digest")
    }
    for line in lines.iterator(chunk_size=2000):
        if digests.get((line.matter, line.seq)) != line.digest:
            yield Break(line.matter, line.seq, "anchor_differs")
    if matter is not None:
        return
    previous = ""
    for anchor in Anchor.objects.order_by("id").prefetch_related("lines"):
        heads = [(line.matter, line.seq, line.digest) for line in anchor.lines.all()]
        if anchor.digest != anchor_digest(previous, heads) or anchor.heads != len(heads):
            yield Break(ANCHORS, anchor.pk, "anchor_changed")
        previous = anchor.digest
