"""The sample newsroom of the demonstration, as tables: whose the texts in `samples/` are, where they
belong and through which verbs they go. Nothing here touches the database."""

from dataclasses import dataclass
from pathlib import Path

from briefs.models.slugs import slug_from
from briefs.stages import EditionKind

SAMPLES = Path(__file__).resolve().parent.parent / "samples"

CONTRIBUTOR, EDITOR, PUBLISHER, ADMIN = "contributor", "editor", "publisher", "admin"
USERS = {
    CONTRIBUTOR: ("Contributors",),
    EDITOR: ("Editors",),
    PUBLISHER: ("Publishers",),
    ADMIN: ("Publishers", "Administrators"),
}

INSTITUTE = {
    "name": "Institute of Strategic Studies Islamabad",
    "short_name": "ISSI",
    "tagline": "A demonstration newsroom",
    "time_zone": "Asia/Karachi",
    "default_disclaimer": (
        "Views expressed in the brief are those of the author, and do not represent those of ISSI"
    ),
    "about": (
        "This is a demonstration of newsroom software for think tanks, and no website of the "
        "institute that it names.\n\n"
        "One brief is real: “Pakistan-Afghanistan: Resetting Ties” by Amina Khan, imported from "
        "the Word file that it was written in. Every other brief is a sample: its people, places, "
        "facts and sources are invented, it says so at its head, and it is not the institute’s "
        "work. The centres are invented too, but for the Centre for Afghanistan, Middle East & "
        "Africa. The mark is a drawing of our own.\n\n"
        "Name, mark, colour and these texts are one form at the desk."
    ),
    "contact": "This is a demonstration: nobody reads mail here.",
    "privacy": (
        "These pages set no cookies, load nothing from other sites and follow nobody. A cookie is "
        "set at the desk, for those who log in."
    ),
}

INVENTED = "A centre made up for this demonstration."
# Acronym → name and description; the slug is the acronym in small letters.
CENTRES = {
    "CAMEA": ("Centre for Afghanistan, Middle East & Africa", ""),
    "CWCS": (
        "Centre for Water & Climate Security",
        f"Rivers, rain and heat, and what they ask of governments. {INVENTED}",
    ),
    "CTC": (
        "Centre for Trade & Connectivity",
        f"Roads, ports, tariffs, and those who live by them. {INVENTED}",
    ),
    "CACT": (
        "Centre for Arms Control & Technology",
        f"Weapons, and the habits and agreements that keep them quiet. {INVENTED}",
    ),
    "CLD": (
        "Centre for Law & Diplomacy",
        f"Treaties, courts, and how people come to sign. {INVENTED}",
    ),
}

SERIES = {
    "Issue Brief": "One question, and what might be done about it.",
    "Background Note": "What should be known before a question is asked.",
}


@dataclass(frozen=True)
class Person:
    """An invented author; the role stands in the manuscripts as well."""

    name: str
    role: str
    centre: str
    email: str
    biography: str


PEOPLE = (
    Person(
        "Leila Farahani",
        "Senior Fellow",
        "CWCS",
        "leila.farahani@example.org",
        "Leila Farahani writes about rivers and the people who measure them. An invented author.",
    ),
    Person(
        "سارہ نقوی",
        "ریسرچ فیلو",
        "CWCS",
        "sara.naqvi@example.org",
        "سارہ نقوی آبی سفارت کاری پر لکھتی ہیں۔ ایک فرضی مصنفہ۔",
    ),
    Person(
        "Tomás Ibarra",
        "Fellow",
        "CTC",
        "tomas.ibarra@example.org",
        "Tomás Ibarra studies what happens to goods when they stand still. An invented author.",
    ),
    Person(
        "Ngozi Adeyemi",
        "Research Associate",
        "CTC",
        "ngozi.adeyemi@example.org",
        "Ngozi Adeyemi works on energy, insurance and other things that cross borders unseen. "
        "An invented author.",
    ),
    Person(
        "Mei Ling Tan",
        "Fellow",
        "CACT",
        "meiling.tan@example.org",
        "Mei Ling Tan follows satellites and cables, and the rules that they lack. "
        "An invented author.",
    ),
    Person(
        "Daniyar Seitkali",
        "Fellow",
        "CACT",
        "daniyar.seitkali@example.org",
        "Daniyar Seitkali writes about what is left behind when the shooting stops. "
        "An invented author.",
    ),
    Person(
        "Henrik Solberg",
        "Director",
        "CLD",
        "henrik.solberg@example.org",
        "Henrik Solberg has kept minutes at more conferences than he likes to count. "
        "An invented author.",
    ),
    Person(
        "Aurélie Marchand",
        "Chercheuse associée",
        "CLD",
        "aurelie.marchand@example.org",
        "Aurélie Marchand étudie le droit de la mer. Une autrice inventée.",
    ),
)

# By the language of the sample.
DISCLAIMERS = {
    "en": "A sample brief of the demonstration; its people, facts and sources are invented.",
    "fr": (
        "Un texte d’exemple pour la démonstration ; les personnes, les faits et les sources "
        "sont inventés."
    ),
    "ur": "نمائش کے لیے ایک نمونہ تحریر؛ اس کے افراد، حقائق اور حوالے فرضی ہیں۔",
}


@dataclass(frozen=True)
class Edit:
    """A change of the text: `old`, which stands there once, becomes `new`, which does not hold it."""

    old: str
    new: str


@dataclass(frozen=True)
class Step:
    """A verb, and before it the contributor's edit."""

    verb: str
    by: str
    comment: str = ""
    kind: EditionKind | None = None
    edit: Edit | None = None
    days: int | None = None  # from now: when it becomes public


@dataclass(frozen=True)
class Sample:
    """A manuscript and its way. The real brief keeps its own disclaimer."""

    file: str
    title: str
    centre: str
    topics: tuple[str, ...]
    series: str = ""
    number: int | None = None
    way: tuple[Step, ...] = ()
    unpublished: Edit | None = None  # made when the way is gone, and published by nobody
    address: str = ""  # where the one made from the title would not be readable
    real: bool = False

    @property
    def slug(self) -> str:
        return self.address or slug_from(self.title, fallback="")


SUBMIT = Step("submit", CONTRIBUTOR)
APPROVE = Step("approve", EDITOR)
REVIEWED = (SUBMIT, APPROVE)
PUBLISHED = (*REVIEWED, Step("publish", PUBLISHER))


def _again(kind: EditionKind, comment: str, edit: Edit | None = None) -> tuple[Step, ...]:
    """From the first edition to the second."""
    return (
        *PUBLISHED,
        Step("revise", EDITOR, comment=comment),
        Step("submit", CONTRIBUTOR, edit=edit),
        APPROVE,
        Step("correct", PUBLISHER, kind=kind, comment=comment),
    )


CORRECTED = _again(
    EditionKind.CORRECTION,
    "The tracking centre recorded 1,090 close approaches in 2024, not 1,900, and twice as many as "
    "in 2021, not three times as many. The argument is not affected.",
    Edit(
        "1,900 approaches within one kilometre in 2024, three times",
        "1,090 approaches within one kilometre in 2024, twice",
    ),
)
UPDATED = _again(
    EditionKind.UPDATE,
    "The second phase, announced when the brief appeared, has begun; the sentence about it is new.",
    Edit(
        "is to begin in 2026 if the two regulators agree.",
        "began in March 2026, after the two regulators had agreed on a trial of three years.",
    ),
)
RETRACTED = _again(
    EditionKind.RETRACTION,
    "The register of protests on which this brief rests counted some events twice, in just those "
    "weeks in which prices rose. Without them the relation disappears. The author asked for the "
    "brief to be retracted.",
)
WITHDRAWN = (
    *PUBLISHED,
    Step(
        "withdraw",
        PUBLISHER,
        comment="Three of the traders with whom the author spoke could be recognised from the "
        "text, and had not agreed to that. The brief was withdrawn at their wish.",
    ),
)

NEWSROOM = (
    Sample(
        "resetting-ties.docx",
        "Pakistan-Afghanistan: Resetting Ties",
        "CAMEA",
        ("Pakistan", "Afghanistan", "Security", "Trade"),
        series="Issue Brief",
        way=PUBLISHED,
        real=True,
    ),
    Sample(
        "sharing-a-river-in-dry-years.md",
        "Sharing a River in Dry Years",
        "CWCS",
        ("Water", "Climate", "Diplomacy"),
        series="Issue Brief",
        number=12,
        way=PUBLISHED,
    ),
    Sample(
        "the-last-mile-of-a-corridor.md",
        "The Last Mile of a Corridor",
        "CTC",
        ("Trade", "Connectivity"),
        series="Issue Brief",
        number=9,
        way=PUBLISHED,
    ),
    Sample(
        "quiet-diplomacy-and-its-limits.md",
        "Quiet Diplomacy and Its Limits",
        "CLD",
        ("Diplomacy",),
        series="Background Note",
        number=3,
        way=PUBLISHED,
    ),
    Sample(
        "les-petits-etats-et-le-droit-de-la-mer.md",
        "Les petits États et le droit de la mer",
        "CLD",
        ("International Law", "Diplomacy"),
        series="Background Note",
        number=4,
        way=PUBLISHED,
    ),
    Sample(
        "pani-ki-taqseem.md",
        "پانی کی تقسیم اور باہمی اعتماد",
        "CWCS",
        ("Water", "Diplomacy"),
        way=PUBLISHED,
        address="pani-ki-taqseem",
    ),
    Sample(
        "rules-of-the-road-in-low-orbit.md",
        "Rules of the Road in Low Orbit",
        "CACT",
        ("Space", "Arms Control", "Technology"),
        series="Issue Brief",
        number=10,
        way=CORRECTED,
    ),
    Sample(
        "storage-at-the-edge-of-the-grid.md",
        "Storage at the Edge of the Grid",
        "CTC",
        ("Energy", "Trade", "Technology"),
        series="Issue Brief",
        number=7,
        way=UPDATED,
    ),
    Sample(
        "grain-prices-and-unrest.md",
        "Grain Prices and Unrest: An Early Warning",
        "CWCS",
        ("Climate", "Security"),
        series="Issue Brief",
        number=4,
        way=RETRACTED,
    ),
    Sample(
        "voices-from-the-ferry-ports.md",
        "Voices from the Ferry Ports",
        "CTC",
        ("Trade",),
        series="Issue Brief",
        number=5,
        way=WITHDRAWN,
    ),
    Sample(
        "returning-home-registers-and-rights.md",
        "Returning Home: Registers and Rights",
        "CLD",
        ("Migration", "International Law"),
        series="Background Note",
        number=5,
        way=(*PUBLISHED, Step("revise", EDITOR, comment="New figures are expected.")),
        unpublished=Edit(
            "About forty thousand people are expected to return before the next census.",
            "About fifty-two thousand people are expected to return before the next census, by "
            "the estimate of this summer.",
        ),
    ),
    Sample(
        "insuring-ships-in-narrow-waters.md",
        "Insuring Ships in Narrow Waters",
        "CTC",
        ("Trade", "Security"),
        series="Issue Brief",
        number=15,
        way=(*REVIEWED, Step("schedule", PUBLISHER, days=30)),
    ),
    Sample(
        "cables-as-common-property.md",
        "Undersea Cables as Common Property",
        "CACT",
        ("Technology", "International Law", "Connectivity"),
        series="Issue Brief",
        number=14,
        way=REVIEWED,
    ),
    Sample(
        "who-clears-the-fields.md",
        "Who Clears the Fields?",
        "CACT",
        ("Security", "Migration", "Arms Control"),
        series="Issue Brief",
        number=13,
        way=(SUBMIT,),
    ),
    Sample("heat-and-the-working-day.md", "Heat and the Working Day", "CWCS", ("Climate",)),
    Sample("what-a-hotline-is-for.md", "What a Hotline Is For", "CACT", ("Arms Control",)),
    Sample(
        "a-museum-of-customs-forms.md",
        "A Museum of Customs Forms",
        "CTC",
        ("Trade",),
        way=(Step("discard", CONTRIBUTOR, comment="Charming, but no brief."),),
    ),
)
