"""Numbers as people read them: 2,000 and 248 KB."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


def grouped(number: int) -> str:
    """Return a whole number with its thousands apart, such as “2,000”."""
    return number_format(number, force_grouping=True)


def file_size(size: int) -> str:
    """Return a size in bytes as “248 KB” or “1.4 MB”, never with a decimal that says nothing; 1 KB at least."""
    if size < MEGABYTE - KILOBYTE // 2:
        return _("%(number)s KB") % {"number": number_format(max(1, round(size / KILOBYTE)))}
    tenths = round(10 * size / MEGABYTE)
    return _("%(number)s MB") % {"number": number_format(tenths / 10, 1 if tenths % 10 else 0)}
