"""Who publishes: telling a periodical from an institution by name, by house words, by address."""

import re
from urllib.parse import urlsplit

PERIODICALS = frozenset(
    line.strip()
    for line in """
    8am media; aaj news; aaj tv; abc news; afp; agence france-presse; al arabiya; al jazeera
    al jazeera english; amu tv; anadolu; anadolu agency; ap; ap news; ariana news; arab news
    ary news; asia times; associated press; axios; bbc; bbc news; bbc persian; bbc urdu; bloomberg
    business recorder; business standard; cbs news; channelnewsasia; china daily; cnbc; cnn
    daily jang; daily sabah; dawn; der spiegel; deutsche welle; dunya news; dw; economist
    el país; express; express tribune; financial times; foreign affairs; foreign policy; france 24
    friday times; frontline; geo news; global times; guardian; gulf news; haaretz; hindu
    hindustan times; independent; india today; indian express; irish times; irna; iran international
    khaama press; khaleej times; kommersant; le figaro; le monde; le monde diplomatique; libération
    los angeles times; middle east eye; mint; nation; national; nbc news; ndtv; new york times
    new yorker; news; news international; newsweek; nikkei asia; npr; outlook; pajhwok
    pajhwok afghan news; pakistan observer; pakistan today; pbs; people's daily; politico; press tv
    print; pti; quint; radio free europe/radio liberty; radio pakistan; reuters; rfe/rl; ria novosti
    samaa tv; scroll; sky news; south china morning post; spectator; sputnik; süddeutsche zeitung
    tass; tasnim; telegraph; tehran times; time; times; times of india; tolo news; tolonews; tribune
    voa; voice of america; vox; wall street journal; war on the rocks; washington post; wire; xinhua
    youtube; die zeit; diplomat; atlantic; china daily; hill; conversation
    коммерсантъ; риа новости; тасс; известия; القدس العربي; الجزيرة; الشرق الأوسط; العربية; جنگ
    新华社; 新华网; 人民日报; 环球时报; 光明日报
    """.replace("\n", ";").split(";")
    if line.strip()
)
PERIODICAL_WORDS = re.compile(
    r"\b(?:Times|Post|News|Newspaper|Tribune|Herald|Daily|Gazette|Observer|Chronicle|Telegraph"
    r"|Mirror|Standard|Magazine|Weekly|Monthly|Quarterly|Recorder|Today|TV|Television|Radio|Wire"
    r"|Journal|Review|Mail|Monitor|Zeitung)\b|روزنامہ|جريدة|صحيفة|روزنامه|(?:日报|晚报|时报|新闻|周刊)$"
)
INSTITUTION_WORDS = re.compile(
    r"\b(?:Institut\w*|Ministr\w+|Minist[èe]re|Government|University|Universit\w+|College|Bank"
    r"|Council|Centre|Center|Foundation|Organi[sz]ation|Agency|Commission|Committee|Office"
    r"|Department|Fund|Union|Nations|UN|UNHCR|UNICEF|UNAMA|NATO|EU|OCHA|IMF|WFP|WHO|Programme|Program"
    r"|Parliament|Senate|Assembly|Court|Secretariat|Authority|Bureau|Embassy|Association|Society"
    r"|Network|Forum|Group|Corporation|Company|Initiative|Project|Mission|Republic|State|House"
    r"|Army|Force|Party|Federation|Board|Unit|Directorate|Division|Academy|School|Library|Museum"
    r"|Watch|International|Amnesty|Press Office|Endowment|Trust|Alliance|Task Force|Inspector"
    r"|Министерство|Институт|Университет|Центр|Совет|Банк|Академия|Правительство)\b"
    r"|وزارة|وزارت|معهد|مركز|ادارہ|جامعہ|جامعة|حکومت|مرکز|(?:部|院|大学|研究所|委员会|中心|政府)$",
)
ACRONYM = re.compile(r"[A-Z][A-Z&/.-]+[A-Z.]s?(?:\s+[A-Z]\w+)?")
POSTS = {"x.com", "twitter.com", "facebook.com", "t.me", "instagram.com", "threads.net", "bsky.app",
         "linkedin.com", "truthsocial.com", "weibo.com"}  # fmt: skip
INSTITUTIONAL = re.compile(r"\.(?:org|int|edu|gov|mil|ac)(?:\.[a-z]{2})?$|\.(?:gov|gob|gouv)\.")


def is_periodical(name: str) -> bool:
    bare = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE).casefold()
    if bare in PERIODICALS:
        return True
    return bool(PERIODICAL_WORDS.search(name)) and not INSTITUTION_WORDS.search(
        name.replace("International", "")
    )


def is_institution(name: str) -> bool:
    return not is_periodical(name) and bool(
        INSTITUTION_WORDS.search(name) or ACRONYM.fullmatch(name.strip())
    )


def host(url: str) -> str:
    try:
        name = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", name)


def is_institutional(url: str) -> bool:
    return bool(INSTITUTIONAL.search(host(url)))


def is_post(url: str) -> bool:
    return host(url) in POSTS
