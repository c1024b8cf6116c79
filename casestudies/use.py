"""How many partnerships made use of an item, in words: counts of notes, never what they say."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Use:
    """How many partnerships kept a note, how many of them tried what it tells, and how many say that it worked."""

    noted: int = 0
    tried: int = 0
    succeeded: int = 0

    @property
    def words(self) -> str:
        """One or two sentences for everybody; blank where nobody kept a note."""
        if not self.tried:
            return self._only_noted() if self.noted else ""
        return " ".join(filter(None, (self._used(), self._more())))

    def _used(self) -> str:
        used = ngettext("Used by {n} partnership", "Used by {n} partnerships", self.tried).format(n=self.tried)
        if not self.succeeded:
            return _("{used}, none reports success yet.").format(used=used)
        well = ngettext("{n} reports success", "{n} report success", self.succeeded).format(n=self.succeeded)
        return f"{used}, {well}."

    def _more(self) -> str:
        more = self.noted - self.tried
        words = ngettext("{n} more kept a note and did not try it.", "{n} more kept a note and did not try it.", more)
        return words.format(n=more) if more else ""

    def _only_noted(self) -> str:
        words = ngettext(
            "{n} partnership kept a note; none tried it yet.",
            "{n} partnerships kept a note; none tried it yet.",
            self.noted,
        )
        return words.format(n=self.noted)


NOBODY = Use()
