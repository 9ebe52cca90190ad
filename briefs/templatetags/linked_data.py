"""`{% linked_data data %}`: a dict as JSON-LD in the head of a page. The tag writes the element
itself because JSON, escaped as JSON, must not be escaped as HTML again."""

from django import template
from django.template.base import FilterExpression, Parser, Token

from briefs.metadata import script_json

register = template.Library()


class LinkedData(template.Node):
    def __init__(self, data: FilterExpression) -> None:
        self.data = data

    def render(self, context: template.Context) -> str:
        data = self.data.resolve(context)
        return f'<script type="application/ld+json">{script_json(data)}</script>' if data else ""


@register.tag
def linked_data(parser: Parser, token: Token) -> LinkedData:
    _, expression = token.split_contents()
    return LinkedData(parser.compile_filter(expression))
