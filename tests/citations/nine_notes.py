"""The nine notes of a real brief: as printed, as sources, and as the house prints them."""

from typing import Any


def source(kind: str, title: str, url: str, issued: list[int], **more: Any) -> dict[str, Any]:
    names = more.pop("author", ())
    item = {"type": kind, "title": title, "issued": {"date-parts": [issued]}, "URL": url, **more}
    if names:
        item["author"] = [{"given": given, "family": family} for given, family in names]
    return item


SOURCES: list[dict[str, Any]] = [
    source(
        "article-newspaper",
        "Envoy wraps up fruitful Kabul trip",
        "https://tribune.com.pk/story/2536087/envoy-wraps-up-fruitful-kabul-trip",
        [2025, 3, 24],
        author=[("Kamran", "Yousaf")],
        **{"container-title": "Express Tribune"},
    ),
    source(
        "article-newspaper",
        "Peace and progress in Afghanistan necessary for regional stability: envoy",
        "https://www.dawn.com/news/amp/1899846",
        [2025, 3, 23],
        author=[("Tahir", "Khan")],
        **{"container-title": "Dawn"},
    ),
    source(
        "article-newspaper",
        "Major breakthrough in Pakistan-Afghanistan relations as joint committee meeting scheduled",
        "https://english.aaj.tv/news/330408470/major-breakthrough-in-pakistan-afghanistan-relations"
        "-as-joint-committee-meeting-scheduled",
        [2025, 3, 24],
        author=[("Shaukat", "Piracha")],
        **{"container-title": "Aaj Tv"},
    ),
    source(
        "article-newspaper",
        "Torkham border reopens after 27-day closure following jirga talks",
        "https://www.nation.com.pk/22-Mar-2025/torkham-border-reopens-after-27-day-closure"
        "-following-jirga-talks",
        [2025, 3, 22],
        **{"container-title": "The Nation"},
    ),
    source(
        "article-newspaper",
        "Pakistan Taliban ends ceasefire with gov't, threatens new attacks",
        "https://www.aljazeera.com/news/2022/11/28/pakistan-taliban-ends-ceasefire-with-govt"
        "-threatens-new-attacks",
        [2022, 11, 28],
        author=[("Abid", "Hussain")],
        **{"container-title": "Al Jazeera"},
    ),
    source(
        "report",
        "Rise in terrorism in 2024 pushes Pakistan towards pre-APS era",
        "https://www.pakpips.com/article/8253",
        [2025, 1, 1],
        publisher="Pakistan Institute for Peace Studies (PIPS)",
    ),
    source(
        "article-newspaper",
        "Pakistan 'walking the talk' on peace in Afghanistan",
        "https://www.theguardian.com/world/2012/nov/30/pakistan-walking-walk-afghanistan-peace",
        [2012, 12, 1],
        author=[("Jon", "Boone")],
        **{"container-title": "The Guardian"},
    ),
    source(
        "treaty",
        "Text of Agreement on Strategic Partnership between the Republic of India and the Islamic"
        " Republic of Afghanistan",
        "https://www.mea.gov.in/bilateral-documents.htm?dtl/5383/Text+of+Agreement+on+Strategic"
        "+Partnership+between+the+Republic+of+India+and+the+Islamic+Republic+of+Afghanistan",
        [2011, 10, 4],
        publisher="Ministry of External Affairs, Government of India",
        accessed={"date-parts": [[2025, 3, 25]]},
    ),
    source(
        "article-newspaper",
        "Afghanistan Signs Strategic Cooperation Agreement With Iran",
        "https://tolonews.com/afghanistan/afghanistan-signs-strategic-cooperation-agreement-iran",
        [2013, 8, 5],
        **{"container-title": "Tolo News"},
    ),
]


def _url(number: int) -> str:
    return f"<{SOURCES[number - 1]['URL']}>"


AS_PRINTED = [
    (
        f"Kamran Yousaf, “Envoy wraps up fruitful Kabul trip”, *Express Tribune*, March 24, 2025, "
        f"{_url(1)}"
    ),
    (
        f"Tahir Khan, “Peace and progress in Afghanistan necessary for regional stability: envoy”, "
        f"*Dawn*, March 23, 2025, {_url(2)}"
    ),
    (
        f"Shaukat Piracha, “Major breakthrough in Pakistan-Afghanistan relations as joint committee "
        f"meeting scheduled”, *Aaj Tv*, March 24, 2025, {_url(3)}"
    ),
    (
        f"“Torkham border reopens after 27-day closure following jirga talks”, *The Nation*, "
        f"March 22, 2025, {_url(4)}"
    ),
    (
        f'Abid Hussain, "Pakistan Taliban ends ceasefire with gov\'t, threatens new attacks", '
        f"Al Jazeera, November 28, 2022, {_url(5)}"
    ),
    (
        f'"Rise in terrorism in 2024 pushes Pakistan towards pre-APS era", Pakistan Institute for '
        f"Peace Studies (PIPS), January 1, 2025, {_url(6)}"
    ),
    (
        f"Jon Boone , “Pakistan 'walking the talk' on peace in Afghanistan”, The Guardian, "
        f"December 1, 2012, {_url(7)}"
    ),
    (
        f"Text of Agreement on Strategic Partnership between the Republic of India and the Islamic "
        f'Republic of Afghanistan." October 4, 2011. Ministry of External Affairs, Government of '
        f"India. Accessed March 25, 2025. {_url(8)}."
    ),
    (
        f"“Afghanistan Signs Strategic Cooperation Agreement With Iran”, Tolo News, August 5, 2013, "
        f"{_url(9)}"
    ),
]

# Each slip of the original: the note, what was printed, what the house prints, and why.
SLIPS = [
    (5, '"Pakistan Taliban', "“Pakistan Taliban", "straight quotation marks"),
    (5, 'attacks"', "attacks”", "straight quotation marks"),
    (5, "gov't", "gov’t", "a straight apostrophe"),
    (5, "Al Jazeera", "*Al Jazeera*", "italic as the other news organisations"),
    (6, '"Rise', "“Rise", "straight quotation marks"),
    (6, 'era"', "era”", "straight quotation marks"),
    (7, "Jon Boone ,", "Jon Boone,", "a space before the comma"),
    (7, "'walking the talk'", "‘walking the talk’", "straight quotation marks"),
    (7, "The Guardian", "*The Guardian*", "italic as the other newspapers"),
    (8, "Text of Agreement on S", "“Text of Agreement on S", "the opening mark is missing"),
    (
        8,
        (
            'Afghanistan." October 4, 2011. Ministry of External Affairs, Government of India. Accessed'
            " March 25, 2025. "
        ),
        (
            "Afghanistan”, Ministry of External Affairs, Government of India, October 4, 2011, accessed"
            " March 25, 2025, "
        ),
        "another format: full stops, the date before the institution",
    ),
    (8, "Afghanistan>.", "Afghanistan>", "a full stop after the address"),
    (9, "Tolo News", "*Tolo News*", "italic as the other news organisations"),
]
