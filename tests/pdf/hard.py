"""Hard documents: what may go wrong on paper, each by a name. Plain values, no database."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from briefs.composition import BylineLine, ComposedSource, Composition, Topic
from briefs.pdf import Pdf, typeset
from briefs.pdf.document import job_for
from briefs.pdf.job import Job
from tests.pdf.compositions import make_composition, make_letterhead, make_real_brief, with_notes
from tests.pdf.pictures import chart

WORDS = (
    "the border treaty of commerce between two neighbours was signed after a long negotiation in "
    "which ministers envoys and judges argued over transit tariffs water and the return of refugees "
    "it is quoted at length because no other source gives its text"
).split()
ARABIC = (
    "اتفاقية الحدود والتجارة بين الجارين وُقّعت بعد مفاوضات طويلة شارك فيها الوزراء والمبعوثون "
    "والقضاة حول العبور والرسوم والمياه وعودة اللاجئين"
).split()
URDU = (
    "سرحدی تجارت کا معاہدہ دونوں ہمسایوں کے درمیان طویل مذاکرات کے بعد ہوا جن میں وزرا اور سفیر "
    "راہداری محصولات پانی اور پناہ گزینوں کی واپسی پر بحث کرتے رہے"
).split()
FRENCH = (
    "l’accord frontalier fut signé après de longues négociations où ministres, envoyés et juges "
    "s’opposèrent sur le transit, les droits de douane, l’eau et le retour des réfugiés "
    "institutionnellement extraordinaire où cœur naïveté"
).split()
RUSSIAN = (
    "приграничное соглашение о торговле подписано после продолжительных переговоров в которых "
    "министры посланники и судьи обсуждали транзит пошлины водоснабжение возвращение беженцев "
    "взаимодействие государственность"
).split()
CHINESE = (
    "两国边境贸易协定经过长期谈判后签署", "部长、特使与法官就过境问题反复磋商", "《边境条约》第十二条",
    "关税与水资源分配", "难民的返回仍无定论", "据新华社2025年3月报道", "“互信”并非一日之功",
    "朱镕基任内的安排", "巴基斯坦—阿富汗关系", "战略研究所（伊斯兰堡）认为",
)  # fmt: skip
ADDRESS = (
    "https://www.example.org/archive/2025/03/a-very-long-address/with-many-parts/{}?q=1&page=2"
)


def prose(count: int, seed: int, words: list[str] = WORDS, stop: str = ".") -> str:
    """Sentences of `count` words in all, always the same for a seed."""
    chance = random.Random(seed)
    sentences, left = [], count
    while left > 0:
        length = min(left, chance.randint(7, 19))
        sentences.append(" ".join(chance.choices(words, k=length)).capitalize() + stop)
        left -= length
    return " ".join(sentences)


def paragraphs(count: int, *, start: int = 0, length: int = 90, **language: object) -> str:
    return "".join(f"<p>{prose(length, start + n, **language)}</p>" for n in range(count))


def long_note(count: int, seed: int, **language: object) -> str:
    """A note of about `count` words with italics and a link."""
    address = ADDRESS.format(seed)
    return (
        f"{prose(count // 2, seed, **language)} <em>{prose(count // 4, seed + 1, **language)}</em> "
        f'<a href="{address}">{address}</a> {prose(count // 4, seed + 2, **language)}'
    )


def short_notes(count: int, seed: int = 0) -> list[str]:
    return [f"{prose(9, seed + n)} <em>Dawn</em>, March {n % 28 + 1}, 2025." for n in range(count)]


def long_notes() -> Composition:
    """One longer than two pages, two on a line, one after another."""
    body = (
        paragraphs(4)
        + "<p>Called here* and here* too, and again.**</p>"
        + paragraphs(3, start=40)
        + f"<p>{prose(60, 70)}* {prose(50, 71)}*</p><ul><li>In a list.*</li></ul>"
        + paragraphs(5, start=80)
    )
    notes = [long_note(900, 3), *short_notes(1), long_note(260, 9), long_note(420, 12)]
    return with_notes(body, [*notes, *short_notes(3, 50)], title="On Notes That Go On")


def two_hundred_notes() -> Composition:
    body = "".join(
        f"<p>{prose(20, n)}* {prose(18, n + 500)}* {prose(9, n)}</p>" for n in range(100)
    )
    return with_notes(body, short_notes(200), title="Two Hundred Notes")


def tables() -> Composition:
    """A long one whose head is repeated, a ragged one, one with cells over rows and columns, a wide
    one; with notes in caption, head and cells."""
    rows = "".join(
        f"<tr><th>{1950 + n}</th><td>{prose(9, n)}{'*' if n % 20 == 0 else ''}</td><td>{n}</td></tr>"
        for n in range(70)
    )
    long = (
        "<table><caption>Seventy years of crossings</caption><thead><tr><th>Year</th><th>What was "
        f"said</th><th>Days</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    ragged = (
        "<table><caption>Ragged*</caption><thead><tr><th>One*</th><th>Two</th><th>Three</th></tr>"
        "</thead><tbody><tr><td>1</td></tr><tr><td colspan=2>1 and 2</td><td></td></tr>"
        "<tr><td rowspan=3>down*</td><td>2</td><td>3</td></tr><tr><td>2</td></tr></tbody></table>"
    )
    wide = (
        f"<table><tr>{''.join(f'<th>{word}</th>' for word in WORDS[:10])}</tr>"
        f"<tr>{''.join(f'<td>{n * 1234567}</td>' for n in range(10))}</tr></table>"
    )
    body = f"{paragraphs(2)}{long}{paragraphs(1, start=5)}{ragged}{paragraphs(1, start=8)}{wide}"
    return with_notes(body, short_notes(body.count("*")), title="Tables of Several Kinds")


def lists_and_headings() -> Composition:
    """Nested lists, quotations, code, and levels left out, with notes everywhere."""
    body = (
        f"<h3>Begins too deep*</h3><p>{prose(80, 1)}</p><h2>First*</h2><p>{prose(70, 2)}*</p>"
        f"<ul><li>{prose(20, 3)}*<ol><li>{prose(9, 4)}*</li><li>{prose(30, 5)}</li></ol></li>"
        f"<li><p>{prose(40, 6)}</p><p>{prose(30, 7)}*</p></li></ul><h4>Fourth</h4>"
        f"<blockquote><p>{prose(50, 8)}*</p><p>{prose(20, 9)}</p></blockquote>"
        f'<p>A <code>code(1)</code>, 10<sup>6</sup> of H<sub>2</sub>O, <em lang="fr">un mot</em> and <strong>more*</strong>.</p><hr>'
        f'<ol start="7"><li>Seven</li><li>Eight*</li></ol>' + paragraphs(6, start=30)
    )
    return with_notes(body, short_notes(body.count("*")), title="Lists and Headings")


def urdu() -> Composition:
    """From right to left, with notes in Urdu, in Latin letters and in both, and a long one."""
    body = "".join(f"<p>{prose(60, n, URDU, '۔')}*</p>" for n in range(9))
    body += f"<h2>{prose(4, 77, URDU, '')}*</h2><ul><li>{prose(12, 78, URDU, '۔')}*</li></ul>"
    body += (
        f"<table><tr><th>سال</th><td>2025*</td></tr></table>{paragraphs(2, words=URDU, stop='۔')}"
    )
    notes = [
        "Kamran Yousaf, “Envoy wraps up fruitful Kabul trip”, <em>Express Tribune</em>, 2025.",
        f"{prose(14, 5, URDU, '۔')}",
        f'{prose(6, 6, URDU, "،")} <em>Dawn</em>، <a href="{ADDRESS.format(1)}">{ADDRESS.format(1)}</a>۔',
        long_note(300, 8, words=URDU, stop="۔"),
        long_note(260, 8),
        *(prose(12, 20 + n, URDU, "۔") for n in range(7)),
    ]
    return with_notes(
        body,
        notes,
        title="پانی کی تقسیم اور باہمی اعتماد",
        subtitle="ایک مطالعہ",
        summary=prose(25, 90, URDU, "۔"),
        language="ur",
        byline=(BylineLine("سارہ نقوی", "محقق", "مرکز برائے آب", "sara@example.org"),),
        disclaimer=prose(14, 91, URDU, "۔"),
        topics=(Topic("پانی", "water"),),
        letterhead=make_letterhead(
            name="ادارہ برائے تزویراتی مطالعات", short_name="ادارہ", digits="own"
        ),
    )


def arabic_in_english() -> Composition:
    body = (
        f'<p>{prose(60, 1)}* <span lang="ar">{prose(8, 2, ARABIC, "")}</span> {prose(30, 3)}*</p>'
        f'<p lang="ar" dir="rtl">{prose(70, 4, ARABIC)}*</p><h2 lang="ar" dir="rtl">عربي</h2>'
        f"{paragraphs(3, start=20)}"
    )
    notes = [f'<span lang="ar" dir="rtl">{prose(16, 5, ARABIC)}</span>', *short_notes(1)]
    return with_notes(body, [*notes, prose(12, 9, ARABIC)], title="Two Scripts")


PICTURES = {
    "images/aa/wide.jpg": chart(1600, 900),
    "images/bb/tall.jpg": chart(700, 2100),
    "images/cc/small.png": chart(120, 90, kind="PNG", see_through=True),
}


def figure(name: str, alt: str, caption: str, credit: str = "") -> str:
    said = f" <span data-credit>{credit}</span>" if credit else ""
    return (
        f'<figure><img src="{name}" alt="{alt}"><figcaption>{caption}{said}</figcaption></figure>'
    )


def figures() -> Composition:
    """Pictures with captions, credits and notes, one as tall as the page; and pull quotes."""
    wide, tall, small = PICTURES
    body = (
        f"{paragraphs(2)}<blockquote data-pull><p>No border was ever settled by a map alone.</p>"
        f"</blockquote>{paragraphs(1, start=5)}"
        + figure(wide, "Columns that grow", f"Trade since 2014.* {prose(20, 6)}", "Photo: A. Khan")
        + paragraphs(3, start=8)
        + figure(tall, "Tall columns", "Crossings, in thousands.", "Chart: ISSI, CC BY 4.0")
        + paragraphs(2, start=14)
        + figure(small, "Small columns", "Small, and seen through.*")
        + f"<blockquote data-pull><p>{prose(24, 17)}</p><p>— A minister</p></blockquote>"
        + f"<blockquote data-pull><p>{prose(12, 18)}*</p></blockquote>{paragraphs(2, start=20)}"
    )
    return with_notes(
        body, short_notes(3), title="Figures and Pull Quotes", cover=wide, cover_alt="Columns"
    )


def not_marked() -> Composition:
    """Arabic in an English brief whose blocks and notes do not say which way they run."""
    body = (
        f"<p>{prose(40, 1)}*</p><p>{prose(30, 2, ARABIC)}*</p><h2>عنوان فرعي</h2>"
        f"<ul><li>{prose(9, 3, ARABIC)}</li></ul><p>OPEC {prose(30, 4, ARABIC)}*</p>"
        f"<p>{prose(20, 5)} {prose(5, 6, ARABIC, '')} {prose(9, 7)}*</p>"
    )
    address = ADDRESS.format(7)
    notes = [
        prose(24, 8, ARABIC),
        f'{prose(9, 9, ARABIC, "،")} <em>Dawn</em>، <a href="{address}">{address}</a>.',
        f"{prose(6, 10)} {prose(5, 11, ARABIC)}",
        long_note(300, 12, words=ARABIC),
    ]
    return with_notes(body, notes, title="Directions That Nobody Marked")


def french() -> Composition:
    body = paragraphs(3, words=FRENCH) + f"<h2>{prose(4, 60, FRENCH, '')}</h2>"
    body += f"<p>« {prose(20, 61, FRENCH)} »* ; {prose(30, 62, FRENCH)}*</p>" * 4
    notes = [
        f"{prose(12, 63 + n, FRENCH)} <em>Le Monde</em>, 3 mars 2025, p. {n}." for n in range(8)
    ]
    return with_notes(
        body, notes, title="La frontière et l’État", subtitle="Étude d’un accord", language="fr",
        summary=prose(30, 64, FRENCH), disclaimer=prose(16, 65, FRENCH),
        byline=(BylineLine("Hélène Œuvrard", "Chercheuse", "Pôle « Eau »", "h@example.org"),),
        topics=(Topic("Eau", "eau"),), kind="correction", number=2, change_note="Une date.",
    )  # fmt: skip


def russian() -> Composition:
    body = paragraphs(3, words=RUSSIAN) + f"<h2>{prose(4, 60, RUSSIAN, '')}</h2>"
    body += f"<p>«{prose(20, 61, RUSSIAN)}»* — {prose(30, 62, RUSSIAN)}*</p>" * 4
    notes = [
        f"{prose(12, 63 + n, RUSSIAN)} <em>Известия</em>, 3 марта 2025, № {n}." for n in range(7)
    ]
    return with_notes(
        body, [*notes, long_note(420, 66, words=RUSSIAN)], title="Граница и взаимное доверие",
        language="ru", summary=prose(30, 64, RUSSIAN), disclaimer=prose(16, 65, RUSSIAN),
        byline=(BylineLine("Фёдор Щукин", "научный сотрудник", "Центр водных проблем", ""),),
        topics=(Topic("Вода", "water"),),
    )  # fmt: skip


def arabic() -> Composition:
    body = paragraphs(4, words=ARABIC) + f"<h2>{prose(4, 60, ARABIC, '')}*</h2>"
    body += (
        f"<p>{prose(40, 61, ARABIC)}* («{prose(6, 62, ARABIC, '')}»)؛ {prose(9, 63, ARABIC)}*</p>"
    )
    notes = [prose(16, 64, ARABIC), long_note(160, 65, words=ARABIC), "Dawn, March 3, 2025, p. 4."]
    return with_notes(
        body, notes, title="اتفاقية الحدود", language="ar", summary=prose(20, 66, ARABIC),
        byline=(BylineLine("د. ليلى حدّاد", "باحثة", "مركز المياه", "l@example.org"),),
        disclaimer=prose(14, 67, ARABIC), topics=(Topic("المياه", "water"),),
        letterhead=make_letterhead(name="معهد الدراسات", short_name="المعهد", digits="own"),
    )  # fmt: skip


def chinese_prose(count: int, seed: int) -> str:
    """Sentences of `count` clauses in all."""
    chance = random.Random(seed)
    return "".join(chance.choice(CHINESE) + "，，。"[n % 3] for n in range(count - 1)) + "结束。"


def chinese() -> Composition:
    """With rare letters, quotations, notes in Chinese, in Latin letters and in both, a long one."""
    body = "".join(f"<p>{chinese_prose(18, n)}*</p>" for n in range(5))
    body += f"<h2>水资源与互信*</h2><ul><li>{chinese_prose(6, 9)}*</li><li>鄧小平、龍應台</li></ul>"
    body += f"<blockquote><p>{chinese_prose(8, 10)}</p></blockquote><p>{chinese_prose(30, 11)}*</p>"
    body += "<table><caption>贸易额</caption><tr><th>年份</th><td>2025*</td></tr></table>"
    address = ADDRESS.format(3)
    notes = [
        "王毅：《边境与和平》，北京：世界知识出版社，2024年，第15—18页。",
        "Kamran Yousaf, “Envoy wraps up fruitful Kabul trip”, <em>Express Tribune</em>, 2025.",
        f'新华社：《特使访问喀布尔》，<em>Dawn</em>，<a href="{address}">{address}</a>。',
        chinese_prose(90, 12),
        *(chinese_prose(3, 20 + n) for n in range(5)),
    ]
    return with_notes(
        body, notes[: body.count("*")], title="重建互信：中巴边境贸易的新起点", language="zh-CN",
        subtitle="一项研究", summary=chinese_prose(8, 30), disclaimer=chinese_prose(5, 31),
        byline=(BylineLine("王小明", "研究员", "水资源中心", "wang@example.org"),),
        topics=(Topic("水资源", "water"),), letterhead=make_letterhead(name="战略研究所"),
    )  # fmt: skip


def retracted() -> Composition:
    return make_real_brief(
        kind="retraction",
        number=3,
        change_note="The figures in the second section were made up.",
        public_from=dt.datetime(2026, 1, 2, 9, tzinfo=dt.UTC),
        cover="",
    )


def letter_with_references() -> Composition:
    """On US Letter, with a list of references."""
    brief = make_real_brief()
    references = tuple(
        ComposedSource(f"source-{note.number}", {"title": note.text}, note.html, note.text, (1,))
        for note in brief.notes
    )
    letterhead = make_letterhead(paper="letter")
    return replace(brief, references=references, lists_references=True, letterhead=letterhead)


def plain() -> Composition:
    """As little as there can be."""
    return make_composition(byline=(), letterhead=make_letterhead(phone="", email="", url=""))


HARD: dict[str, Callable[[], Composition]] = {
    "real brief": make_real_brief,
    "long notes": long_notes,
    "two hundred notes": two_hundred_notes,
    "tables": tables,
    "lists and headings": lists_and_headings,
    "urdu": urdu,
    "arabic in english": arabic_in_english,
    "figures": figures,
    "not marked": not_marked,
    "arabic": arabic,
    "chinese": chinese,
    "french": french,
    "russian": russian,
    "retracted": retracted,
    "letter with references": letter_with_references,
    "plain": plain,
}


def job(name: str) -> Job:
    return job_for(HARD[name](), assets=PICTURES)


@cache
def pdf(name: str) -> Pdf:
    return typeset(HARD[name](), assets=PICTURES)
