"""References that the reader had not seen when its rules were made, through import and print."""

import pytest

from briefs.citations.reading.words import words
from briefs.composition import Composition, compose
from briefs.intake import import_manuscript
from tests.factories import make_user

pytestmark = pytest.mark.django_db

# What the house adds or says in its own way, with the months that it spells out.
SPELT = {"sept": "september", "juin": "june"}
ADDED = words("p pp vol no ed eds trans accessed available at in retrieved from and n")
UNSEEN = [
    "Contra Salma Qureshi, *Rivers of Discord* (Karachi: Oxford University Press, 2011), 44.",
    "Pace Salma Qureshi, *Rivers of Discord* (Karachi: Oxford University Press, 2011), 45–47.",
    "But cf. Salma Qureshi, *Rivers of Discord*, rev. ed. (Karachi: Oxford University Press, 2011), 9.",
    "Salma Qureshi, *Rivers of Discord* (Lahore: Vanguard, 2011), 44. See https://example.org/rivers.",
    "See generally Pierre Dumas, « La frontière oubliée », *Le Monde*, 3 juin 2019.",
    "Voir par exemple Pierre Dumas, « La frontière oubliée », *Le Monde*, 3 juin 2019.",
    "Selon Pierre Dumas, « La frontière oubliée », *Le Monde*, 3 juin 2019.",
    "D’après Pierre Dumas, *Frontières* (Paris : Fayard, 2004), p. 20. L’auteur y vécut.",
    "Vgl. Karin Ott, *Grenzen im Hindukusch* (Berlin: Suhrkamp, 1999), 12.",
    "Following Karin Ott, *Grenzen im Hindukusch* (Berlin: Suhrkamp, 1999), 12, this is the Line.",
    "In the words of Karin Ott, *Grenzen im Hindukusch* (Berlin: Suhrkamp, 1999), 12.",
    "Per Olsson, *Fjäll och gräns* (Stockholm: Norstedts, 1988), 3.",
    "Cited in Omar Sadr, “Neighbours”, *Survival* 61, no. 2 (2019): 11–30.",
    "Quoted by Omar Sadr, “Neighbours”, *Survival* 61, no. 2 (April 2019): 11–30, at 14.",
    "Accord Omar Sadr, “Neighbours”, *Survival* 61, no. 2 (2019): 11–30. The minister agreed.",
    "Omar Sadr, “Neighbours”, *Survival* 61, no. 2 (2019): 11–30. Compare https://example.org/s.",
    "Ruth Hall, “Fuel prices”, *Dawn*, 4 Sept. 2023, https://www.dawn.com/news/777?utm_source=x.",
    "Ruth Hall, “Fuel prices”, *Dawn*, 4 Sept. 2023, https://www.dawn.com/news/777, archived copy.",
    "Ruth Hall, “Fuel prices” [video], *Dawn*, 4 Sept. 2023, https://www.dawn.com/news/777.",
    "R. Hall, “Fuel Prices”, *The Dawn*, 5 Sept. 2023, https://www.dawn.com/news/777.",
    "“Fuel prices”, https://www.dawn.com/news/777 (accessed 1 Dec. 2023).",
    "Editorial, “Fuel prices”, *Dawn*, Sept. 4, 2023, p. 6.",
    "World Bank, *Afghanistan Update* (Washington, DC: World Bank, Spring 2024), 7.",
    "World Bank, *Afghanistan Update* (Washington, DC: World Bank, 2024), table 3. Author’s sums.",
    "A. Lal, B. Roy, C. Das, D. Sen and E. Pal, *Crossings* (Delhi: Sage, 2015), 1.",
    "Lal et al., *Crossings* (Delhi: Sage, 2015), 2.",
    "F. Lal, *Crossings* (Delhi: Sage, 2015), 2. Against this see Das, below.",
    "UN Security Council, Resolution 2626 (2022), S/RES/2626, 17 March 2022, para. 5(a).",
    "Against the resolution: UN Security Council, Resolution 2626 (2022), S/RES/2626, para. 6.",
    "Source: Ministry of Water, “Flows”, 2020, https://example.org/flows. Figures are rounded.",
    "*See* Jane Roe, *Quays* (Oxford: OUP, 2001), 5; *contra* Al Doe, *Docks* (London: Pluto, 2003).",
    "Jane Roe, *Quays*, vol. 2 (Oxford: OUP, 2001), 5.",
    "Jane Roe, *Quays*, trans. Al Doe, 3rd ed. (Oxford: OUP, 2001), 5n7.",
    "Compare Jane Roe, *Quays* (Oxford: OUP, 2001), 5, with Al Doe, *Docks* (London: Pluto, 2003), 9.",
    "نبيل فهمي، «في قلب الأحداث» (القاهرة: دار الشروق، 2022)، ص 14.",
    "Nabil Fahmy, *في قلب الأحداث* (Cairo: Shorouk, 2022), 14.",
    "حمید کرزی، «گفت‌وگو»، ۸ صبح، ۴ ژوئن ۲۰۲۱.",
    "Salma Qureshi, “دریا کے جھگڑے”, *Jang*, 3 June 2020.",
]


@pytest.fixture(scope="module")
def notes() -> list[str]:
    return UNSEEN + UNSEEN[::-1]  # each meets the sources that the others made


def composed(notes: list[str]) -> Composition:
    calls = " ".join(f"Words.[^{number}]" for number in range(1, len(notes) + 1))
    text = "\n".join(f"[^{number}]: {note}\n" for number, note in enumerate(notes, 1))
    data = f"# T\n\nAda Author\n\n{calls}\n\n{text}".encode()
    return compose(import_manuscript(data=data, filename="x.md", by=make_user()).brief)


def test_no_word_of_any_note_is_lost_whatever_sources_are_known_by_then(notes: list[str]) -> None:
    composition = composed(notes)
    references = {reference.key: reference for reference in composition.references}
    gone = {}
    for printed, note in zip(notes, composition.notes, strict=True):
        shown = words(" ".join([note.text, *(references[key].text for key in note.sources)]))
        shown = {SPELT.get(word, word) for word in shown}
        wanted = {SPELT.get(word, word) for word in words(printed)} - ADDED
        if "ibid" in shown:  # it stands for the page, too
            wanted = {word for word in wanted if not word.isdecimal()}
        if missing := wanted - shown:
            gone[printed] = (missing, note.text)
    assert gone == {}
