"""The forms by which a partnership agrees to be named as a helper, and by which it asks one."""

import uuid
from collections.abc import Collection
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casestudies.forms.writing import LARGEST_REVISION, NO_NAMES
from casestudies.models import QUESTION_LENGTH, HelpOffer
from casestudies.personal import looks_like_one_persons
from govuk.fields import PlainLineField, PlainTextField
from govuk.forms import GovukForm
from govuk.layout import Button, Question, form_helper

ROLE_LENGTH, MAILBOX_LENGTH = 120, 254


class MailboxField(forms.EmailField):
    """An address that reads like a mailbox of a role, told how to be mended."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {
            "required": _("Enter the address of a mailbox"),
            "invalid": _("Enter an email address in the correct form, like partnership@council.example"),
        }
        widget = forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=MAILBOX_LENGTH, error_messages=messages, widget=widget, **kwargs)


class MailboxForm(GovukForm):
    """The base of forms with a mailbox: an address that reads like one person's own wants a second word.

    `people` are the addresses of those who work in the partnership, in small letters.
    """

    is_agreed = forms.BooleanField(
        label=_("Use this address all the same: whoever reads it agrees"),
        error_messages={
            "required": _(
                "This address looks like one person’s own. Enter a mailbox that several people read, or tick the box"
            )
        },
    )

    def __init__(self, *args: Any, people: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = str(self.data.get("mailbox", "")).strip()
        if not (typed and (looks_like_one_persons(typed) or typed.casefold() in people)):
            del self.fields["is_agreed"]

    @cached_property
    def helper(self) -> FormHelper:
        """Every question with a bold label, and one button."""
        return form_helper(*(self._shown(name) for name in self.fields), Button(self.submit_text))

    def _shown(self, name: str) -> Question | str:
        is_plain = self.fields[name].widget.is_hidden or name == "is_agreed"
        return name if is_plain else Question(name, size="s")

    def _stamp(self, name: str, value: object) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[name] = str(value)
        self.data = data


class OfferForm(MailboxForm):
    """Whom other partnerships ask, stamped with the offer that the coordinator read (0: none)."""

    revision = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    role = PlainLineField(
        label=_("Whom do they ask?"),
        help_text=_("A role or a team, such as “Community safety team”. Never a person’s name."),
        max_length=ROLE_LENGTH,
        error_messages={"required": _("Enter the role or team that answers")},
    )
    mailbox = MailboxField(
        label=_("Mailbox that gets their questions"),
        help_text=_(
            "One that several people read, so that a question finds somebody. Other partnerships do not see it."
        ),
    )
    field_order = ("revision", "role", "mailbox", "is_agreed")
    submit_text = _("Agree to be named")

    def __init__(self, offer: HelpOffer | None, *args: Any, **kwargs: Any) -> None:
        words = {"revision": offer.pk, "role": offer.role, "mailbox": offer.mailbox} if offer else {"revision": 0}
        super().__init__(*args, initial=words, **kwargs)
        if offer:
            self.submit_text = _("Save changes")

    def stamp_anew(self, revision: int) -> None:
        """Let the form, shown again, save over what now stands on the page beside it."""
        self._stamp("revision", revision)


class AskForm(MailboxForm):
    """A question to a helper, stamped so that a second click sends nothing twice."""

    save_id = forms.UUIDField(widget=forms.HiddenInput)
    text = PlainTextField(
        label=_("Your question"),
        help_text=format_lazy(
            "{} {}",
            _("Say what you want to do and what you would like to know. They see which partnership asks."),
            NO_NAMES,
        ),
        max_length=QUESTION_LENGTH,
        rows=8,
        error_messages={"required": _("Enter your question")},
    )
    mailbox = MailboxField(
        label=_("Mailbox to which they answer"),
        help_text=_("One that several of you read. The partnership that you ask sees it."),
    )
    field_order = ("save_id", "text", "mailbox", "is_agreed")
    submit_text = _("Send the question")

    def stamp_anew(self) -> None:
        """Let the form, shown again, be sent as another question."""
        self._stamp("save_id", uuid.uuid4())
