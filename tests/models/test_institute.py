import pytest
from django.core.exceptions import ValidationError

from briefs.models import Institute


@pytest.mark.parametrize("colour", ["#1f4e5f", "#000000", "#AA0000"])
def test_a_colour_that_can_be_read_on_white_is_taken(colour: str) -> None:
    Institute(accent=colour).clean_fields()


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "blue", "#12345", "#1f4e5f;x"])
def test_any_other_is_refused(colour: str) -> None:
    with pytest.raises(ValidationError):
        Institute(accent=colour).clean_fields()
