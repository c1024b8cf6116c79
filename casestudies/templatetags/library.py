"""What pages print of entries of the library, and whether somebody has a notebook."""

from django import template

from accounts.models import User
from casestudies import listed
from casestudies.library_access import notebook_of

register = template.Library()

register.filter("heading_of", listed.heading_of)
register.filter("where_to_read", listed.where_to_read)
register.filter("address_shown", listed.address_shown)
register.filter("is_link", listed.is_link)


@register.filter
def keeps_notes(user: User) -> bool:
    """Say whether a person has a notebook: members of partnerships have."""
    return bool(notebook_of(user).seats)
