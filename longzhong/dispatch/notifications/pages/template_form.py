"""The editor of a template: one box a channel, one line a variable."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.models import Template
from longzhong.dispatch.notifications.rules import (
    CHANNEL_WORDS,
    INTERRUPTED_WORDS,
    PURPOSES,
    VAR_WORDS,
    Channel,
    Interrupted,
    Purpose,
    Text,
    Variable,
    VarType,
)
from longzhong.dispatch.notifications.services import NewTemplate

TYPES = {words: kind for kind, words in VAR_WORDS.items()}


class TemplateForm(forms.Form):
    """Saving makes the next edition; the code can't change."""

    code = forms.CharField(label=_("编码"), max_length=39, help_text=_("小写字母、数字和下划线。"))
    title = forms.CharField(label=_("名称"), max_length=60)
    purpose = forms.ChoiceField(
        label=_("用途"), choices=[(key.value, row.words) for key, row in PURPOSES.items()],
        help_text=_("推广告知只发给同意的人并带退订说明；紧急通知不受免打扰限制。"),
    )  # fmt: skip
    signature = forms.CharField(
        label=_("短信签名"), max_length=20, required=False, help_text=_("发出时自动加【】，计入字数。")
    )
    variables = forms.CharField(
        label=_("变量"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("每行一个：变量名 | 说明 | 文字、数字、时间或编号 | 最长 | 多户合并（是或否）| 例"),
    )  # fmt: skip
    interrupted = forms.ChoiceField(
        label=_("发送中断时"), choices=[(key.value, words) for key, words in INTERRUPTED_WORDS.items()]
    )
    retention_days = forms.IntegerField(label=_("地址保存天数"), min_value=1, max_value=1095, initial=180)
    needs_approval = forms.BooleanField(label=_("发送前要审批"), required=False)

    def __init__(self, data: Any = None, row: Template | None = None) -> None:
        super().__init__(data, initial=_initial(row) if row else {})
        if row is not None:
            self.fields["code"].widget.attrs["readonly"] = True
        for channel in Channel:
            box = forms.Textarea(attrs={"rows": 4})
            label = _("%(channel)s正文") % {"channel": CHANNEL_WORDS[channel]}
            self.fields[f"body.{channel.value}"] = forms.CharField(
                label=label, required=False, max_length=5000, widget=box
            )
        self.fields["subject"] = forms.CharField(label=_("邮件标题"), required=False, max_length=120)
        self.order_fields([
            "code", "title", "purpose", "signature", "body.sms", "variables", "subject", "body.email", "body.wecom",
            "body.webhook", "body.portal",
        ])  # fmt: skip

    def clean_variables(self) -> list[Variable]:
        lines = [line.strip() for line in self.cleaned_data["variables"].splitlines() if line.strip()]
        return [_variable(line) for line in lines]

    def template(self) -> NewTemplate:
        """What is to be kept."""
        said = self.cleaned_data
        bodies = {channel: said[f"body.{channel.value}"].replace("\r\n", "\n").strip() for channel in Channel}
        return NewTemplate(
            code=said["code"], title=said["title"], purpose=Purpose(said["purpose"]), signature=said["signature"],
            texts={
                channel: Text(body, said["subject"] if channel is Channel.EMAIL else "")
                for channel, body in bodies.items()
                if body
            },
            variables=said["variables"], interrupted=Interrupted(said["interrupted"]),
            retention_days=said["retention_days"], needs_approval=said["needs_approval"],
        )  # fmt: skip


def _variable(line: str) -> Variable:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) not in {5, 6} or cells[2] not in TYPES or not cells[3].isdecimal() or cells[4] not in {"是", "否"}:
        raise forms.ValidationError(_("这一行读不懂：%(line)s") % {"line": line})
    kind = VarType(TYPES[cells[2]])
    return Variable(cells[0], cells[1], kind, int(cells[3]), cells[4] == "是", cells[5] if len(cells) == 6 else "")


def _initial(row: Template) -> dict[str, Any]:
    texts = selectors.texts_of(row)
    lines = [
        f"{one.name} | {one.words} | {VAR_WORDS[one.type]} | {one.longest} | {'是' if one.joined else '否'} | {one.sample}"
        for one in selectors.variables_of(row)
    ]
    return {
        "code": row.code, "title": row.title, "purpose": row.purpose, "signature": row.signature,
        "variables": "\n".join(lines), "interrupted": row.interrupted, "retention_days": row.retention_days,
        "needs_approval": row.needs_approval, **{f"body.{channel.value}": text.body for channel, text in texts.items()},
        "subject": texts[Channel.EMAIL].subject if Channel.EMAIL in texts else "",
    }  # fmt: skip
