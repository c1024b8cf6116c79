"""Tags and filters that print GOV.UK components; every text given to them is escaped."""

from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from govuk import moments, numbers, parts
from govuk.forms import all_summary_items
from govuk.pagination import page_links

register = template.Library()

register.filter("govuk_template", parts.template_for)
register.filter("govuk_described_by", parts.described_by)
register.filter("govuk_max_length", parts.max_length)
register.filter("govuk_choices", parts.choices)
register.filter("govuk_date_parts", parts.date_parts)
register.filter("govuk_time", moments.time_of_day)
register.filter("govuk_moment", moments.moment_in_words)
register.filter("govuk_in_days", moments.in_days)
register.filter("govuk_overdue", moments.overdue)
register.filter("govuk_grouped", numbers.grouped)
register.filter("govuk_file_size", numbers.file_size)


@register.simple_tag
def govuk_control(field: BoundField, extra_class: str = "", described_by: str = "") -> SafeString:
    """The bare control of a field: `<input>`, `<textarea>` or `<select>`."""
    return parts.control(field, extra_class, described_by)


@register.inclusion_tag("govuk/error_summary.html")
def govuk_error_summary(*forms_or_sets: "forms.BaseForm | BaseFormSet[Any]") -> dict[str, Any]:
    """All errors of the page's forms, each leading to its control; nothing if there are none."""
    return {"items": all_summary_items(forms_or_sets)}


@register.inclusion_tag("govuk/pagination.html", takes_context=True)
def govuk_pagination(context: Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Links to the other pages of a list, keeping the rest of the address."""
    request: HttpRequest = context["request"]

    def address(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return {
        "links": [(link, address(link.number) if link.number else "") for link in page_links(page)],
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
        "is_needed": page.paginator.num_pages > 1,
    }


@register.simple_tag
def govuk_tag(text: str, colour: str = "") -> SafeString:
    """A tag in one of GOV.UK's colours, such as "green"."""
    css_class = f"govuk-tag govuk-tag--{colour}" if colour else "govuk-tag"
    return format_html('<strong class="{}">{}</strong>', css_class, text)


@register.simple_tag
def govuk_back(url: str, text: str) -> SafeString:
    """The back link; the base template puts it in its landmark."""
    return format_html('<a href="{}" class="govuk-back-link">{}</a>', url, text)
