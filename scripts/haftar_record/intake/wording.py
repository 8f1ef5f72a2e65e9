"""Words by which a press text is laid out: agencies, months, labels of a section. Several modules look for them."""

from __future__ import annotations

from ..text import edtf

#: Agencies as a dateline or a credit prints them.
AGENCIES = (
    "Reuters", "AP", "AFP", "Associated Press", "The Associated Press", "Agence France-Presse", "dpa", "DPA", "EFE",
    "ANSA", "AGI", "Adnkronos", "Nova", "Xinhua", "TASS", "RIA Novosti", "Sputnik", "Interfax", "Anadolu", "AA",
    "Anadolu Agency", "MENA", "LANA", "Lana", "WAM", "SPA", "QNA", "KUNA", "Petra", "APS", "TAP", "MAP", "BNA", "PTI",
    "ANI", "IANS", "UPI", "Bloomberg", "Kyodo", "Jiji", "Yonhap", "CNA", "Bernama", "BBC", "CNN", "VOA", "RFI",
    "رويترز", "أ ف ب", "ا ف ب", "أ ب", "وال", "د ب أ", "الأناضول", "РИА Новости", "ТАСС", "Интерфакс", "Рейтер",
    "新华社", "路透社", "法新社", "רויטרס",
)  # fmt: skip
#: Letters of an agency's name in small ones, for comparisons.
AGENCY_NAMES = frozenset(name.casefold() for name in AGENCIES)

_ABBREVIATED = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"]
_NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10, 11, 12]
#: Months by name in the languages of the record's sources, in small letters, without the point of an abbreviation.
MONTHS: dict[str, int] = {
    **{name.lower(): number for number, name in enumerate(edtf.MONTHS, 1)},
    **dict(zip(_ABBREVIATED, _NUMBERS, strict=True)),
}
for _names in (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
):
    MONTHS.update({name: number for number, name in enumerate(_names.split(), 1)})
#: A month by name, as a pattern over text in any letters; the longest first.
MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
