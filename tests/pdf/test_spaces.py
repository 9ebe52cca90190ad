"""Spaces at which no line may end."""

import pytest

from briefs.pdf.document import job_for
from briefs.pdf.spaces import kept_together
from tests.pdf.compositions import make_composition


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Dawn, p. 4, pp. 5–6", "Dawn, p._4, pp._5–^6"),
        ("vol. II, No. 3, § 12", "vol._II, No._3, §_12"),
        ("Известия, № 3, с. 14", "Известия, №_3, с._14"),
        ("A group. 4 of them; no. Four", "A group. 4 of them; no. Four"),
        ("$ 4.2 million to Dr. Naqvi", "$_4.2_million to Dr._Naqvi"),
        (
            "Article 27 on 3 March 2025, April 15, 2025",
            "Article_27 on 3_March 2025, April_15, 2025",
        ),
        ("30 % of 17 times; in May we", "30_% of 17 times; in May we"),
        ("2014–2025—if allowed — yes", "2014–^2025^—if allowed — yes"),
        ("Why ; « what » ?", "Why ; « what » ?"),
    ],
)
def test_figures_stay_with_their_abbreviations(text: str, kept: str) -> None:
    assert (
        kept_together(f"<body><p>{text}", "en")
        == f"<body><p>{kept.replace('_', '\u00a0').replace('^', '\u2060')}"
    )


def test_french_punctuation_stays_with_its_word() -> None:
    html = job_for(make_composition(title="L’eau : un droit ?", language="fr")).html
    assert "<title>L’eau : un droit ?</title>" in html
    assert "<h1>L’eau\u00a0: un droit\u202f?</h1>" in html
    assert kept_together("<body>« Oui » ;", "fr-CA") == "<body>«\u00a0Oui\u00a0»\u202f;"


def test_tags_stay_as_they_are() -> None:
    html = '<body><p title="a ; p. 4">'
    assert kept_together(html, "fr") == html
