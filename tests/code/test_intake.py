"""What is proposed about a new article: invented pages in the shapes of newspapers, agencies and sites.

Every expected value was read off the page by hand.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

import pytest
import yaml

from haftar_record.intake import (
    byline,
    dateline,
    dating,
    encodings,
    furniture,
    head,
    language,
    receive,
    recognised,
    sheet,
)
from haftar_record.intake.page import Page
from haftar_record.problems.problem import DataErrors
from haftar_record.text import anchors

TODAY = date(2026, 11, 29)
LEAD = "Khalifa Haftar has named three delegates for talks on the elections in Libya, a spokesman of his army said on Friday."


@dataclass(frozen=True)
class Case:
    """A page and what is to be proposed of it. ``title`` is “?” where the coder is to be asked."""

    text: str
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: str | None = None
    basis: str | None = None
    boilerplate: tuple[str, ...] = ()
    file: str = "article.txt"


CASES = {
    "agency": Case(
        f"Haftar names delegates for talks\n\nBy Jane Doe\n\nTRIPOLI, June 23 (Reuters) - {LEAD}\n\n“We agree,” he said.\n\n(Reporting by Jane Doe; Editing by Ali Salem)\n",
        title="Haftar names delegates for talks", byline="By Jane Doe", dateline="TRIPOLI, June 23 (Reuters)",
        boilerplate=("(Reporting by Jane Doe; Editing by Ali Salem)",),
    ),
    "agency, day of the file": Case(
        f"Haftar names delegates for talks\n\nTRIPOLI, June 23 (Reuters) - {LEAD}\n", file="wire_2021-06.txt",
        title="Haftar names delegates for talks", dateline="TRIPOLI, June 23 (Reuters)", published="2021-06-23", basis="external",
    ),
    "dateline with a year": Case(
        f"Haftar names delegates\n\nTripoli, 23 June 2021 (Lana) - {LEAD}\n",
        title="Haftar names delegates", dateline="Tripoli, 23 June 2021 (Lana)", published="2021-06-23", basis="stated",
    ),
    "region": Case(
        f"Army takes town\n\nBENGHAZI, Libya (AP) — {LEAD}\n", title="Army takes town", dateline="BENGHAZI, Libya (AP)",
    ),
    "two places": Case(f"TRIPOLI/BENGHAZI (Reuters) - {LEAD}\n\nThe talks go on.\n", dateline="TRIPOLI/BENGHAZI (Reuters)"),
    "dash alone": Case(f"Talks resume\n\nWASHINGTON — {LEAD}\n", title="Talks resume", dateline="WASHINGTON"),
    "colon": Case(f"Talks resume\n\nCAIRO: {LEAD}\n", title="Talks resume", dateline="CAIRO"),
    "place of the register": Case(f"Talks resume in Geneva\n\nTripoli – {LEAD}\n", title="Talks resume in Geneva", dateline="Tripoli"),
    "byline with a date": Case(
        f"Talks resume\nBy Jane Doe and Ali Salem | June 23, 2021\n{LEAD}\n",
        title="Talks resume", byline="By Jane Doe and Ali Salem", published="2021-06-23", basis="stated",
    ),
    "correspondent": Case(
        f"Haftar names delegates\nJane Doe in Tripoli and Ali Salem in Cairo\nWed 23 Jun 2021 10.45 BST\n\n{LEAD}\n",
        title="Haftar names delegates", byline="Jane Doe in Tripoli and Ali Salem in Cairo", published="2021-06-23", basis="stated",
    ),
    "web page": Case(
        f"Home > News > Libya\nLIBYA\nHaftar names delegates for talks | The Daily Pulse\nPublished: 23/06/2021 18:05 GMT\n5 min read\nShare on Facebook\n\n{LEAD}\n\nRead more: Talks resume\n\nTags: Libya, Haftar\nLeave a comment\n",
        title="Haftar names delegates for talks | The Daily Pulse", published="2021-06-23", basis="stated",
        boilerplate=("Home > News > Libya", "LIBYA", "5 min read", "Share on Facebook", "Read more: Talks resume", "Tags: Libya, Haftar", "Leave a comment"),
    ),
    "published and updated": Case(
        f"Talks resume\nUpdated 25 June 2021\nPublished 23 June 2021\n\n{LEAD}\n",
        title="Talks resume", published="2021-06-23", basis="stated", boilerplate=("Updated 25 June 2021",),
    ),
    "both in one line": Case(
        f"Talks resume\nFirst published on June 23, 2021 - Last updated June 25, 2021 09:00 UTC\n\n{LEAD}\n",
        title="Talks resume", published="2021-06-23", basis="stated",
    ),
    "day before month, or after": Case(f"Talks resume\n04/05/2021\n\n{LEAD}\n", title="Talks resume"),
    "the file says which": Case(
        f"Talks resume\n04/05/2021\n\n{LEAD}\n", file="x_2021-05-04.txt", title="Talks resume", published="2021-05-04", basis="stated",
    ),
    "ISO 8601": Case(f"Talks resume\n2021-06-23T18:05:00Z\n\n{LEAD}\n", title="Talks resume", published="2021-06-23", basis="stated"),
    "no such day": Case(f"Talks resume\n31 June 2021\n\n{LEAD}\n", title="Talks resume"),
    "to come": Case(f"Talks resume\n23 June 2031\n\n{LEAD}\n", title="Talks resume"),
    "day of an event": Case(f"Talks resume\n\n{LEAD} It took the town on 4 April 2019.\n", title="Talks resume"),
    "opening day": Case(f"12 March 2022. {LEAD}\n\nThe talks go on.\n", published="2022-03-12", basis="stated"),
    "label": Case(f" date 2021-06-28 {LEAD}\n\nThe talks go on.\n", published="2021-06-28", basis="stated"),
    "label and section": Case(
        f" date 2020-06-21 Libya\n\nHaftar names delegates for talks\n\n{LEAD}\n", title="Haftar names delegates for talks",
        published="2020-06-21", basis="stated", boilerplate=("Libya",),
    ),
    "file alone": Case(f"Talks resume\n\n{LEAD}\n", file="pulse-20210623.txt", title="Talks resume", published="2021-06-23", basis="external"),
    "headline with a full stop": Case(f"Haftar Names Three Delegates for Talks in Geneva.\n\n{LEAD}\n", title="Haftar Names Three Delegates for Talks in Geneva."),
    "full stop before a dateline": Case(
        f"Haftar names delegates for talks.\n\nCAIRO (AP) — {LEAD}\n", title="Haftar names delegates for talks.", dateline="CAIRO (AP)",
    ),
    "headline or sentence": Case(f"Haftar is back in Benghazi.\n\n{LEAD}\n", title="?"),
    "question": Case(f"Will Haftar run for president?\n\n{LEAD}\n", title="Will Haftar run for president?"),
    "quotation as headline": Case(f"‘We will not leave Sirte’ – Middle Paper\n\n{LEAD}\n", title="‘We will not leave Sirte’ – Middle Paper"),
    "headline again": Case(
        f"Talks resume in Geneva\n\nTalks resume in Geneva\n\n{LEAD}\n", title="Talks resume in Geneva", boilerplate=("Talks resume in Geneva",),
    ),
    "no headline": Case(f"{LEAD}\n\nThe talks go on.\n"),
    "caption first": Case(
        f"Khalifa Haftar arrives for talks in Cairo, Egypt — Reuters pic\n\nHaftar names delegates\n\n{LEAD}\n", title="Haftar names delegates",
    ),
    "list of texts below": Case(
        f"Talks resume\n\n{LEAD}\n\nRelated Articles\nUN urges calm in Tripoli\nOil exports fall\n© 2021 The Daily Pulse. All rights reserved.\n",
        title="Talks resume",
        boilerplate=("Related Articles", "UN urges calm in Tripoli", "Oil exports fall", "© 2021 The Daily Pulse. All rights reserved."),
    ),
    "heading inside the text": Case(f"Talks resume\n\n{LEAD}\n\nOIL AND WATER\n\nThe oil fields are closed, the company said.\n", title="Talks resume"),
    "French": Case(
        "Libye : Haftar désigne trois délégués\n\nPar Jeanne Dupont\nPublié le 23 juin 2021 à 18h05\n\nTRIPOLI (AFP) — Le maréchal Khalifa Haftar a désigné trois délégués pour les discussions sur les élections en Libye, a déclaré vendredi son porte-parole.\n\nAbonnez-vous à notre newsletter\n",
        title="Libye : Haftar désigne trois délégués", byline="Par Jeanne Dupont", dateline="TRIPOLI (AFP)", published="2021-06-23", basis="stated",
        boilerplate=("Abonnez-vous à notre newsletter",),
    ),
    "German": Case(
        "Haftar benennt drei Unterhändler\n\nVon Hans Meyer\n23. Juni 2021\n\nTripolis (dpa) - General Chalifa Haftar hat nach Angaben seines Sprechers drei Unterhändler für die Gespräche über die Wahlen in Libyen benannt.\n\nLesen Sie auch: Waffenruhe hält\n",
        title="Haftar benennt drei Unterhändler", byline="Von Hans Meyer", dateline="Tripolis (dpa)", published="2021-06-23", basis="stated",
        boilerplate=("Lesen Sie auch: Waffenruhe hält",),
    ),
    "Arabic": Case(
        "حفتر يسمي ثلاثة مندوبين\n\n23 يونيو 2021\n\nطرابلس (رويترز) - قال متحدث باسم الجيش يوم الجمعة إن المشير خليفة حفتر سمى ثلاثة مندوبين للمحادثات حول الانتخابات في ليبيا.\n\nاقرأ أيضا: عودة المحادثات\n",
        title="حفتر يسمي ثلاثة مندوبين", dateline="طرابلس (رويترز)", published="2021-06-23", basis="stated", boilerplate=("اقرأ أيضا: عودة المحادثات",),
    ),
    "Russian": Case(
        "Хафтар назвал трёх делегатов\n\n23 июня 2021\n\nТРИПОЛИ, 23 июня (ТАСС) — Маршал Халифа Хафтар назвал трёх делегатов для переговоров о выборах в Ливии, заявил в пятницу его представитель.\n",
        title="Хафтар назвал трёх делегатов", dateline="ТРИПОЛИ, 23 июня (ТАСС)", published="2021-06-23", basis="stated",
    ),
    "Chinese": Case(
        "哈夫塔尔任命三名代表\n\n2021年6月23日\n\n利比亚东部军队发言人星期五说，哈夫塔尔已经任命三名代表参加关于选举的会谈，联合国对此表示欢迎。\n",
        title="哈夫塔尔任命三名代表", published="2021-06-23", basis="stated",
    ),
    "agency without a place": Case(
        f"Talks resume\n\nJune 23 (Reuters) - {LEAD}\n", title="Talks resume", dateline="June 23 (Reuters)",
    ),
    "underscore for a dash": Case(
        f"Talks resume\nBy JOHN SMITH, Associated Press\n\nCAIRO (AP) _ {LEAD}\n",
        title="Talks resume", byline="By JOHN SMITH, Associated Press", dateline="CAIRO (AP)",
    ),
    "name before a date": Case(
        f"Talks resume\nJane Doe\nJun 23, 2021 — 10:45am EDT\n\n{LEAD}\n",
        title="Talks resume", byline="Jane Doe", published="2021-06-23", basis="stated",
    ),
    "release": Case(
        f"FOR IMMEDIATE RELEASE\n\nUN mission welcomes delegates\n\nTripoli, 23 June 2021 – {LEAD}\n",
        title="UN mission welcomes delegates", dateline="Tripoli, 23 June 2021", published="2021-06-23", basis="stated",
        boilerplate=("FOR IMMEDIATE RELEASE",),
    ),
    "release of a ministry": Case(
        f"PRESS STATEMENT\nNED PRICE, DEPARTMENT SPOKESPERSON\nJUNE 25, 2021\n\n{LEAD}\n",
        byline="NED PRICE, DEPARTMENT SPOKESPERSON", published="2021-06-25", basis="stated",
    ),
    "labelled lines": Case(
        f"Title: Talks resume\nAuthor: Jane Doe\nDate: 2021-06-23\nSource: Reuters\n\n{LEAD}\n",
        title="Talks resume", byline="Author: Jane Doe", published="2021-06-23", basis="stated", boilerplate=("Source: Reuters",),
    ),
    "month of an issue": Case(f"March 2021\nTalks resume\n\n{LEAD}\n", title="Talks resume", published="2021-03", basis="stated"),
    "live blog": Case(
        f"Live: Haftar names delegates\n\n10:45 GMT\nArmy speaks\n\n{LEAD}\n\n10:20 GMT\n\nThe town is quiet, its mayor said.\n",
        title="Live: Haftar names delegates",
    ),
    "contact above the headline": Case(
        f"FOR IMMEDIATE RELEASE\n\nContact: Press Office, +1 202 555 0100, press@example.org\n\nJune 23, 2021\n\nAid Group Condemns Attack in Sirte\n\nWASHINGTON, D.C. – {LEAD}\n\n###\n",
        title="Aid Group Condemns Attack in Sirte", dateline="WASHINGTON, D.C.", published="2021-06-23", basis="stated",
        boilerplate=("FOR IMMEDIATE RELEASE", "###"),
    ),
    "place and state in small letters": Case(f"Talks resume\n\nTripoli, Libya – {LEAD}\n", title="Talks resume", dateline="Tripoli, Libya"),
    "agency in slashes": Case(
        f"Talks resume\n\nMOSCOW, June 23. /TASS/. {LEAD}\n", title="Talks resume", dateline="MOSCOW, June 23. /TASS/",
    ),
    "agency behind the dash": Case(
        "Переговоры возобновлены\n\nМОСКВА, 13 янв — РИА Новости. Командующий армией Халифа Хафтар прибыл в Москву на переговоры, сообщил в понедельник источник в делегации.\n",
        title="Переговоры возобновлены", dateline="МОСКВА, 13 янв — РИА Новости",
    ),
    "ordinal day": Case(
        f"Talks resume\n\nABU DHABI, 23rd June, 2021 (WAM) -- {LEAD}\n",
        title="Talks resume", dateline="ABU DHABI, 23rd June, 2021 (WAM)", published="2021-06-23", basis="stated",
    ),
    "name before a place": Case(f"Talks resume\n\nBy Jane Doe, TRIPOLI (Reuters) - {LEAD}\n", title="Talks resume"),
    "notice on cookies first": Case(
        f"We use cookies to improve your experience. By continuing to use this site you accept our use of cookies.\nAccept all\n\nTalks resume\n\n23 June 2021\n\n{LEAD}\n",
        title="Talks resume", published="2021-06-23", basis="stated",
        boilerplate=("We use cookies to improve your experience. By continuing to use this site you accept our use of cookies.", "Accept all"),
    ),
    "posted by": Case(
        f"Talks resume\nPosted on June 23, 2021 by admin\n\n{LEAD}\n",
        title="Talks resume", byline="by admin", published="2021-06-23", basis="stated",
    ),
    "caption with its photographer": Case(
        f"A fighter stands guard in Sirte, June 20, 2021. REUTERS/Jane Doe\n\nTalks resume in Sirte\n\nLast update: 24/06/2021 09:12\n\n{LEAD}\n",
        title="Talks resume in Sirte", published="2021-06-24", basis="stated",
    ),
    "headline like a name with a place": Case(f"Haftar Meets Envoy in Cairo\n\n{LEAD}\n", title="Haftar Meets Envoy in Cairo"),
    "label, such a headline, and a byline like it": Case(
        f"LIBYA\nHaftar Meets Envoy in Cairo\nJane Doe in Cairo\n\n{LEAD}\n",
        title="Haftar Meets Envoy in Cairo", byline="Jane Doe in Cairo", boilerplate=("LIBYA",),
    ),
    "interview": Case(
        f"Interview with the envoy\n\n{LEAD}\n\nQUESTION: Will you go to Geneva?\n\nENVOY: We will go to Geneva in June.\n\nQUESTION: Who else?\n\nENVOY: All of them.\n",
        title="Interview with the envoy",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_page(name):
    """Catches a headline, byline, dateline, date or part of the page that is not seen, or seen where none is."""
    case = CASES[name]
    kept = receive.keep(case.text.encode(), case.file)
    article = kept.article("005_0123456789abcdef.txt")
    page = Page(article)
    title = head.title(page)
    byline_ = byline.find(page, head.head_lines(page), title.span)
    dateline_ = dateline.find(page, {"Tripoli", "Libya"})
    published = dating.published(page, case.file, dateline_.span if dateline_ else None, TODAY, furniture.why)
    words = {
        "title": "?" if title.is_open else title.span and article.of(title.span),
        "byline": byline_ and byline_.span and article.of(byline_.span),
        "dateline": dateline_ and article.of(dateline_.span),
        "published": published.value,
        "basis": published.basis,
    }
    assert words == {key: getattr(case, key) for key in words}
    quoted = [span for span in (title.span, byline_ and byline_.span, published.span) if span]
    parts = [
        article.of(line.span)
        for line, because in furniture.found(page, title.span)
        if because and not any(line.span.overlaps(span) for span in quoted)
    ]
    assert tuple(parts) == case.boilerplate


#: Lines that open like a dateline, byline or part of a page, and are none.
NO_DATELINE = [
    "HAFTAR – the man who would rule Libya – has named three delegates for talks in Geneva.",
    "BREAKING — Haftar has named three delegates for talks in Geneva.",
    "UPDATE 2 - Haftar names delegates",
    "LNA — the force of Khalifa Haftar — took the town on Friday.",
    "SECRETARY POMPEO: We want the fighting in Libya to stop at once.",
    "Haftar – a former general – took the town on Friday.",
    "Ali Salem (left) – the delegate – spoke to reporters on Friday.",
    "OIL AND WATER — THE WAR FOR LIBYA",
    "The town (Sirte) - a port - is held by his forces since Friday.",
]


@pytest.mark.parametrize("words", NO_DATELINE)
def test_no_dateline(words):
    """Catches a label, a speaker, a heading or an aside that is taken for a dateline."""
    page = Page(receive.keep(f"{words}\n\n{LEAD}\n".encode(), "x").article("005_0123456789abcdef.txt"))
    assert dateline.find(page, {"Tripoli"}, {"Haftar"}) is None


PARTS = """\
Share this article|Tweet|Facebook Twitter WhatsApp Email|Click to share on Twitter (Opens in new window)|1.2K Shares
Subscribe to our newsletter.|Sign up here to get the best of our reporting every Friday|Follow us on Twitter @pulse
Join our Telegram channel|Download our app for breaking alerts|Support our journalism today|Already a subscriber? Log in
READ ALSO: UN urges calm|Read more|You may also like|Most read|Trending now|MORE FROM WORLD|Voir aussi : le sommet
Photo: Reuters|[Photo credit: John Doe]|Jane Doe/AFP via Getty Images|File photo|Image courtesy of the UN mission
Copyright 2021 The Pulse. All rights reserved. This material may not be published, broadcast or redistributed.
Our Standards: The Pulse Principles|Alle Rechte vorbehalten.|جميع الحقوق محفوظة|Все права защищены
Additional reporting by Ali Salem|Source: Reuters|With inputs from agencies|Jane Doe contributed to this report.
This article was originally published in The Pulse.|The post Talks resume appeared first on The Pulse.
We use cookies to improve your experience on our site.|Accept all cookies|Privacy Policy|Terms of Use
0 Comments|Comments are closed|Your email address will not be published. Required fields are marked *|Send Us A Message
Skip to content|Back to top button|Advertisement|Story continues below|5 min read|#Libya #Haftar|Listen to this article
"""
NO_PARTS = """\
Share prices fell in Tripoli on Sunday.|Read more closely, the statement says nothing new about the talks.
Follow the money, the spokesman said.|Follow-up talks are planned for Monday in Geneva.|Home to two million people, Tripoli is under attack.
Search teams found three bodies in the rubble.|Live fire was heard near the airport|Support for Haftar is waning in the east
Reporting by the United Nations shows that weapons reach both sides, and that no one was punished.
Comments by Haftar anger Tripoli|Photo of Haftar and Macron draws criticism in Tripoli|Copyright law was not discussed at the talks.
Contact between the two sides broke off on Friday.|See you in Tripoli, Haftar told his men.|More news came from the front on Friday.
Help us to end this war, the mayor said.|End the siege now|Reuters could not verify the claim.|Get out of Libya, Haftar told them.
Top officials met in Cairo|Next week Haftar will travel to Moscow|Join the talks or face sanctions, the envoy said
By continuing the offensive Haftar has lost the trust of his allies, a diplomat said.|Email shows Haftar aide sought mercenaries
We use drones every day, the commander said.|Sign of hope in Libya|Open war in Tripoli|Related to the ceasefire is the question of oil.
This report was published by the UN panel of experts on Monday and accuses Turkey of sending arms.
"""


@pytest.mark.parametrize("line", [line for row in PARTS.splitlines() for line in row.split("|")])
def test_part_of_a_page(line):
    """Catches a call, link, credit, notice or menu that is taken for the text."""
    assert furniture.why(line)


@pytest.mark.parametrize("line", [line for row in NO_PARTS.splitlines() for line in row.split("|")])
def test_part_of_the_text(line):
    """Catches a sentence or headline that begins like a call and is taken for one."""
    assert furniture.why(line) is None


LANGUAGES = {
    "en": LEAD + " He did not say who they are, and when the talks will begin.",
    "fr": "Le maréchal Khalifa Haftar a rencontré jeudi au Caire le président égyptien, selon un communiqué de la présidence. Les deux hommes ont discuté des efforts pour mettre fin à la crise.",
    "de": "Khalifa Haftar hat am Donnerstag in Kairo den ägyptischen Präsidenten getroffen, wie das Präsidialamt mitteilte. Dabei ging es um die Lage in Libyen und die Wahlen, die im Dezember stattfinden sollen.",
    "it": "Il generale Khalifa Haftar ha incontrato giovedì al Cairo il presidente egiziano, secondo una nota della presidenza. I due hanno parlato della crisi in Libia e delle elezioni che si terranno nel mese di dicembre.",
    "ar": "التقى المشير خليفة حفتر يوم الخميس في القاهرة الرئيس المصري عبد الفتاح السيسي، وقال بيان الرئاسة إن الجانبين بحثا الأزمة الليبية والانتخابات التي من المقرر أن تجرى في ديسمبر",
    "ru": "Маршал Халифа Хафтар встретился в четверг в Каире с президентом Египта. Об этом говорится в заявлении администрации. Они обсудили положение в Ливии и выборы, которые должны пройти в декабре, а также вывод войск.",
    "tr": "Halife Hafter perşembe günü Kahire'de Mısır Cumhurbaşkanı ile bir araya geldi. Yapılan açıklamaya göre iki taraf Libya'daki durumu ve aralık ayında yapılacak seçimleri görüştü ve bir anlaşma için.",
    "zh": "哈夫塔尔周四在开罗会见了埃及总统，双方讨论了利比亚局势和定于十二月举行的选举。",
    "ja": "ハフタル司令官は木曜日にカイロでエジプトの大統領と会談し、十二月に予定されている選挙について話し合った。",
    "he": "הגנרל חליפה חפתר נפגש ביום חמישי בקהיר עם נשיא מצרים והודיע על הפסקת אש בין הצדדים.",
    None: "Haftar Benghazi Tripoli Sirte LNA GNA UN.",
}  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES, ids=str)
def test_language(code):
    """Catches a language that is taken for a neighbour, and a guess where there is too little text."""
    assert language.propose(LANGUAGES[code]).code == code


ENCODED = [("en", "cp1252", "“We agree,” he said – and Haftar’s men will not go."), ("fr", "cp1252", "Le maréchal a été reçu à l’Élysée, où l’on espère une trêve dès l’été."),
           ("fr", "mac-roman", "Le maréchal a été reçu à l’Élysée, où l’on espère une trêve."), ("ru", "cp1251", LANGUAGES["ru"]), ("ru", "koi8-r", LANGUAGES["ru"]), ("ru", "cp866", LANGUAGES["ru"]),
           ("ar", "cp1256", LANGUAGES["ar"]), ("ar", "iso8859-6", LANGUAGES["ar"].replace("،", " ")), ("he", "cp1255", LANGUAGES["he"]), ("tr", "cp1254", "Hafter görüşmenin ardından ateşkes için çağrı yaptı."),
           ("zh", "gb18030", LANGUAGES["zh"]), ("ja", "shift_jis", LANGUAGES["ja"]), ("en", "utf-16-le", LEAD), ("ar", "utf-16-be", LANGUAGES["ar"])]  # fmt: skip


@pytest.mark.parametrize("tongue, codec, text", ENCODED)
def test_likely_encodings(tongue, codec, text):
    """Catches a text whose encoding is not the first of those that are proposed, and a name that cannot be typed."""
    first = encodings.likely(text.encode(codec))[0]
    assert text.encode(codec).decode(encodings.codec(first.name)) == text
    kept = receive.keep(text.encode(codec), "x.txt", first.name)
    assert kept.data.decode() == text and kept.encoding


COUNTED = {
    "At least 20 fighters and up to 1,200 mercenaries were in Sirte on June 23, 2021, two of them wounded.": ["At least 20 = min 20 and no max", "up to 1,200 = no min and max 1200", "two = min 2 and max 2"],
    "More than two dozen men, between 10 and 15 tanks and $1.2 million were lost.": ["More than two dozen = min 24 and no max", "between 10 and 15 = min 10 and max 15", "$1.2 million = min 1200000 and max 1200000"],
    "The 5+5 committee met for the third time in 2019; one of them flew a MiG-29 by Resolution 1970.": [],
}  # fmt: skip


@pytest.mark.parametrize("text", COUNTED)
def test_numbers_of_a_sentence(text):
    """Catches a number told without the words that bound it, and a date, label or ordinal told as a number."""
    article = receive.keep(text.encode(), "x").article("005_0123456789abcdef.txt")
    told = [one for span in article.sentences for one in recognised.counted(article, span, "en")]
    assert told == COUNTED[text]


REFUSED = [
    (b"", None, "an empty file"),
    (b" \r\n\t ", None, "an empty file"),
    (b"%PDF-1.7\n%\xe2\xe3", None, "a PDF"),
    (b"PK\x03\x04....word/document.xml", None, "a Word file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", None, "a file of Word"),
    (b"{\\rtf1\\ansi Talks}", None, "a Rich Text file"),
    (b"\x89PNG\r\n\x1a\n", None, "a picture (PNG)"),
    (b"<!DOCTYPE html><html><body>Talks</body></html>", None, "a web page (HTML)"),
    (b"\n  <html lang=en>\n<p>Talks", None, "a web page (HTML)"),
    (b"<p>Talks resume.</p><p>They go on.</p><p>So be it.</p>", None, "a web page (HTML)"),
    (b"<?xml version='1.0'?><nitf>Talks</nitf>", None, "an XML file"),
    (b'{"headline": "Talks resume", "body": "They go on."}', None, "a JSON file"),
    (b"From: a@example.org\nContent-Type: text/plain\n\nTalks.", None, "an e-mail"),
    (b"x" * 1_000_001, None, "more than 1,000,000 bytes"),
    (b"He said \x93no\x94.", None, "byte 0x93"),
    ("Haftar’s “army”".encode(), "cp1252", "UTF-8 without exception"),
    (b"\xef\xbb\xbfTalks", "cp1252", "a byte order mark"),
    (b"Talks \x81", "cp1252", "bytes at offset 6"),
    (b"Talks", "utf-17", "the encoding “utf-17”"),
    (b"Talks", "rot13", "the encoding “rot13”"),
    (b"He said \x1b$B%O%U\x1b(B.", None, "another encoding"),
]


@pytest.mark.parametrize("data, codec, found", REFUSED)
def test_what_is_no_text(data, codec, found):
    """Catches a file that is taken in though nobody could quote from it, and advice that leads nowhere."""
    with pytest.raises(DataErrors) as raised:
        receive.keep(data, "x.txt", codec)
    (problem,) = raised.value.problems
    assert found in problem.found and problem.remedy


def test_advice_for_an_unknown_encoding():
    """Catches advice without the words that decide, and a command that no shell takes."""
    with pytest.raises(DataErrors) as raised:
        receive.keep("Le maréchal est arrivé à Tripoli".encode("cp1252"), "my article.txt")
    (problem,) = raised.value.problems
    assert "haftar-record new 'my article.txt' --encoding NAME" in problem.remedy
    assert "windows-1252: maréchal, arrivé, à" in problem.remedy


def test_bytes_are_kept_as_they_are():
    """Catches bytes that are changed though they say how to read them, and a conversion that is not told."""
    for text in ("One.\r\nTwo.", "\ufeffOne.", "One\ttwo.\f"):
        kept = receive.keep(text.encode(), "x")
        assert (kept.data, kept.encoding) == (text.encode(), "")
    wide = "Haftar’s".encode("utf-16")
    assert receive.keep(wide, "x").data == wide == receive.keep(wide, "x", "utf-16").data
    plain = receive.keep(b"Plain ASCII.", "x", "cp1252")
    assert (plain.data, plain.encoding) == (b"Plain ASCII.", "")
    kept = receive.keep(b"Haftar\x92s\r\n", "x", "cp1252")
    assert kept.data == "Haftar’s\r\n".encode() and kept.encoding == "cp1252"
    # printf 'Haftar\x92s\r\n' | sha256sum
    assert kept.received_sha256 == "d7e5dae00ce8a8059c69ffb01feea3524522756346ce5f7789e1a896b4a5a936"


HOSTILE = [
    'She said: "No". It\'s #1 & {so: on} - [x] \\n %@!|> *&?',
    "Zero\u200bwidth and a\u00a0blank, soft\u00adhyphen, \u202eright to left\u202c.",
    "An emoji 👩\u200d💻 and a flag 🇱🇾, private \ue000 use.",
    "? ",
    "- a list\n- that is none\n: x\n---\n...\n%YAML 1.2\n",
    "Talks resume. Talks resume. Talks resume.\n\nTalks resume.\n\nRead more\n\nRead more\n\nRead more\n",
    "دخل الجيش المدينة. قال: «لا».\u061c",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_sheet_of_any_text(text):
    """Catches a text that breaks the YAML of its sheet, or a quotation that is not found in the article."""
    kept = receive.keep(f"{text}\n\n{LEAD}\n\nSubscribe to our newsletter.\n".encode(), "x")
    article = kept.article("005_0123456789abcdef.txt")
    draft = sheet.begin(kept, article, "x", sheet.Known([], [], "0.3.0"), TODAY)
    content = yaml.safe_load(draft.text)
    assert content["sha256"] == kept.sha256 and content["sentences"]
    for entry in content["sentences"]:
        quote = entry["quote"] if isinstance(entry["quote"], dict) else {"text": entry["quote"]}
        assert anchors.find(article, quote["text"], None, quote.get("occurrence"))
    printed = [yaml.safe_load(line.split(" ", 2)[2]) for line in draft.text.splitlines() if line[:2] == "# " and line[2:3].isdigit()]  # fmt: skip
    assert printed == [article.text[span.start : span.end] for span in article.sentences]


@pytest.mark.parametrize(
    "unit",
    ["word ", "“", "By ", "Read more: ", "TRIPOLI, ", "2021-06-23 ", "A.", "/", "([", "'\"", "x\n", "— ", "(Reuters) "],
)
def test_time_grows_with_the_text(unit):
    """Catches a pattern that takes forever on 100 kB of one thing."""
    kept = receive.keep((unit * (100_000 // len(unit))).encode(), "x")
    article = kept.article("005_0123456789abcdef.txt")
    started = time.perf_counter()
    page = Page(article)
    found = (
        head.title(page),
        byline.find(page, head.head_lines(page), page.lines[0].span),
        dateline.find(page),
        list(head.credits(page, None)),
    )
    assert (
        found
        and dating.published(page, "x", None, TODAY, furniture.why)
        and list(furniture.found(page, None)) is not None
    )
    language.propose(article.text)
    assert time.perf_counter() - started < 8
