"""Forms for writing a case study, publishing it, agreeing to it and adding files."""

from casestudies.forms.agreeing import AgreeForm, WithdrawForm
from casestudies.forms.files import AttachmentForm
from casestudies.forms.helping import AskForm, OfferForm
from casestudies.forms.publishing import PublishForm, RetireForm, ShowForm
from casestudies.forms.writing import EditForm, StoryForm

__all__ = [
    "AgreeForm",
    "AskForm",
    "AttachmentForm",
    "EditForm",
    "OfferForm",
    "PublishForm",
    "RetireForm",
    "ShowForm",
    "StoryForm",
    "WithdrawForm",
]
