"""The life of a notice (通知批次): composed, perhaps approved, queued, sent, done; or cancelled as far as it isn't sent.

A plan that changes takes back what has not gone out yet (issue 4, item 5); what was handed to a provider stays counted.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    COMPOSING = "composing"
    PENDING = "pending"
    READY = "ready"
    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    CANCELLED = "cancelled"


STATE_WORDS = {
    State.COMPOSING: "组织中", State.PENDING: "待审批", State.READY: "待发送", State.QUEUED: "已排队",
    State.SENDING: "发送中", State.DONE: "已发完", State.CANCELLED: "已取消",
}  # fmt: skip
MOVING = (State.QUEUED, State.SENDING)  # whose messages the senders take
CLOSED = (State.DONE, State.CANCELLED)
COMPOSERS = ("desk", "station", "quality")
APPROVERS = ("quality", "leader")
EDITORS = ("quality", "security")  # of templates
KEEPERS = ("admin",)  # of providers
READERS = ("desk", "station", "quality", "dept", "leader", "auditor")

MACHINE = Machine(
    name="notifications.notice",
    states=State,
    moves=(
        Move("ready", (State.COMPOSING,), State.READY, roles=(), label="组织完毕"),
        Move("ask", (State.COMPOSING,), State.PENDING, roles=(), label="提交审批"),
        Move("approve", (State.PENDING,), State.READY, roles=APPROVERS, label="批准"),
        Move("queue", (State.READY,), State.QUEUED, roles=COMPOSERS, label="发送"),
        Move("start", (State.QUEUED,), State.SENDING, roles=(), label="开始发送"),
        Move("finish", (State.QUEUED, State.SENDING), State.DONE, roles=(), label="发完"),
        Move("resend", (State.DONE,), State.SENDING, roles=COMPOSERS, label="重发结果不明的"),
        Move(
            "cancel",
            (State.COMPOSING, State.PENDING, State.READY, State.QUEUED, State.SENDING),
            State.CANCELLED,
            roles=COMPOSERS,
            needs=("reason",),
            label="取消",
        ),
    ),
)
