"""`{{ html|wide_tables }}`: each table of a cleaned body in a frame that scrolls by itself, can be
focused, and has a name. Must not mark anything safe."""

from django import template

register = template.Library()

# Without quotation marks: should a cleaned attribute ever hold these words, nothing would end it.
FRAME = "<div class=wide role=group tabindex=0 aria-label=Table>"


@register.filter
def wide_tables(html: str) -> str:
    return html.replace("<table", f"{FRAME}<table").replace("</table>", "</table></div>")
