"""Cut a text into words, figures and signs, with the values that figures have; dates, labels and ordinals are gaps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from . import words as words_of
from .words import Language

#: Largest number that is read: more digits than any column keeps.
_LIMIT = Decimal(10) ** 18


@dataclass(frozen=True)
class Token:
    """A piece of a text. ``kind`` is figure, word, sign, gap (a date or a label), beyond (a number that no bound gives,
    as in “1/3”), or unread (figures that are no number, as in “1,2,3”).

    values    all values of a figure, one for each way to read its signs
    is_glued  whether no blank stands before it
    """

    kind: str
    text: str
    is_glued: bool = False
    values: tuple[Decimal, ...] = ()
    is_part: bool = False
    suffixes: tuple[str, ...] = ()
    printed: str = ""

    @property
    def value(self) -> Decimal:
        """The value of a figure that is read in one way."""
        return self.values[0]


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-") | dict.fromkeys("’‘ʼ＇", "'"))
_FULL_WIDTH = str.maketrans(
    {"，": ",", "．": ".", "％": "%", "＄": "$", "￥": "¥", "￡": "£", "～": "~", "〜": "~", "＋": "+"}
)  # fmt: skip
_PIECE = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}/\d{1,2}/\d{2,4}(?!\d)|\d{1,2}\.\d{1,2}\.\d{4}(?!\d)"
    r"|\d{1,2}:\d{2}(?::\d{2})?|\d{4}(?= (?:GMT|UTC|CET|EET|EST|EDT)\b))"
    r"|(?P<label>\d{1,2}[DG](?!\w)|\d+(?:\.\d+)?(?:[x×]|[eE])\d+(?!\d)|24/7(?!\d)|9/11(?!\d))"
    r"|(?P<part>\d{1,3}/\d{1,4}(?![\d/]))"
    r"|(?P<figure>\d+(?:[.,'·٫٬]\d+| \d{3}(?!\d))*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<sign>[^\w\s])"
)
#: “No one” and “not one” are no ones.
_NOBODY = re.compile(r"\b(?:no[ -]one|not (?:a single )?one|not a single)\b", re.IGNORECASE)
#: A decimal that begins with its point: “.5”.
_POINT_FIRST = re.compile(r"(?<![\w.])\.(?=\d)")
#: “Of” and “the” that have lost their vowel: “plus d’un million”, “l’article 7”.
_ELIDED = re.compile(r"\b([DdLl])'(?=\w)")
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th|er|ère|re|e|ème|eme|º|ª|°(?![CF]\b))\b")
_CLOCK = re.compile(r" ?(?:a\.?m\b|p\.?m\b|o'clock|h\d\d\b|uhr\b)")


def _simplified(text: str) -> str:
    """A text with simple digits, dashes, apostrophes and single blanks; fractions such as ½ are written out."""
    text = text.translate(_DASHES).translate(_FULL_WIDTH)
    if not text.isascii():
        text = "".join(_simple(c, text[n - 1] if n else "") for n, c in enumerate(text))
    return " ".join(text.split())


def _simple(character: str, before: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "No" and "FRACTION" in unicodedata.name(character, ""):
        part = unicodedata.normalize("NFKC", character).replace("\u2044", "/")
        return f" {part}" if before.isalnum() else part
    return "" if category == "Cf" else character


def tokens_of(text: str, language: str, words: Language, *, are_years: bool = True) -> list[Token]:
    """The pieces of a text, in small letters; dates, times, years and labels are gaps. “1500 to 2000” are years,
    or with ``are_years=False`` numbers of things."""
    simple = _NOBODY.sub("nobody", _POINT_FIRST.sub("0.", _simplified(text)))
    if language == "fr":
        simple = _ELIDED.sub(lambda match: "le " if match[1] in "Ll" else "de ", simple)
    if re.search("[一-鿿]", simple):
        simple = _with_chinese_numerals(simple)
    if language in words_of.CARDINALS_BY_LIBRARY:
        simple = _with_figures(simple, language, words)
    found: list[Token] = []
    for match in _PIECE.finditer(simple):
        is_glued = match.start() > 0 and simple[match.start() - 1] != " "
        found.append(_token(match, simple, language, is_glued))
    return _without_dates(_with_suffixes(found), are_years=are_years)


def _token(match: re.Match[str], text: str, language: str, is_glued: bool) -> Token:
    kind, raw = str(match.lastgroup), match[0]
    low = raw.lower()
    if kind in ("date", "label"):
        return Token("gap", raw, is_glued)
    if kind == "part":
        above, below = map(int, raw.split("/"))
        values = fraction(above, below)
        return Token(
            "figure" if values else "beyond" if 0 < above < below else "gap", raw, is_glued, values, is_part=True
        )
    if kind == "figure":
        before = text[: match.start()]
        if _is_label(before) or _ORDINAL_END.match(text, match.end()) or _CLOCK.match(text.lower(), match.end()):
            return Token("gap", raw, is_glued)
        if re.match(r"'?s\b", text[match.end() :]):  # the 1990s
            return Token("gap", raw, is_glued)
        if language == "de" and re.match(r"\. [^\W\d]", text[match.end() : match.end() + 3]):  # am 3. Mai
            return Token("gap", raw, is_glued)
        if re.match("年" if len(raw) == 4 else "[月日号號]", text[match.end() : match.end() + 1]):
            return Token("gap", raw, is_glued)
        values = tuple(value for value in _values(raw, language) if value < _LIMIT)
        return Token("figure" if values else "unread", raw, is_glued, values)
    if kind == "word" and re.match(r"\d", text[match.end() : match.end() + 1]) and _is_label(text[: match.end()]):
        return Token("gap", raw, is_glued)
    return Token(kind, low, is_glued, printed=raw)


def plain(value: Decimal) -> str:
    """A number in plain digits, without zeros at its end."""
    return f"{value.normalize():f}"


def fraction(above: int, below: int) -> tuple[Decimal, ...]:
    """A part of a whole as a decimal number; nothing where it has no end, or is no part."""
    if not 0 < above < below:
        return ()
    value = Decimal(above) / Decimal(below)
    return (value,) if value * below == above and len(value.as_tuple().digits) < 15 else ()


def _is_label(before: str) -> bool:
    """Whether figures right behind this text belong to a name or another word: “G7”, “Su-24”, “under-21”. A currency
    makes none, nor does a number: “ten-20”."""
    if re.search(r"[^\W\d_]/$", before):  # S/RES/1973
        return True
    match = re.search(r"([^\W\d_]+)(-?)$", before)
    if match and match[2] and before[: match.start()][-1:].isdigit():  # 1km-2km
        return False
    if not match or match[1].lower() in words_of.CURRENCY_CODES - {"c", "a"}:
        return False
    if not match[2]:
        return not re.search("[一-鿿]$", before)
    return match[1].lower() not in words_of.JOINED


def _values(figure: str, language: str) -> tuple[Decimal, ...]:
    """All values of figures with the signs between them, as the language uses these signs.

    A sign that stands in front of three digits, once, may separate thousands or decimals: the language decides.
    """
    groups = re.split(r"\D", figure)
    signs = [{"·": ".", "٫": "D", "٬": "G"}.get(c, c) for c in re.sub(r"\d", "", figure)]
    if not signs:
        return (Decimal(figure),)
    whole, last = signs[:-1], signs[-1]
    found = []
    if last in ".,D" and (not whole or (len({*whole}) == 1 and last not in whole)) and _is_grouped(groups[:-1], whole):
        is_only = bool(whole) or last == "D" or len(groups[-1]) != 3 or not _is_grouped(groups, signs)
        if is_only or last in words_of.decimal_signs(language):
            found.append(Decimal(f"{''.join(groups[:-1])}.{groups[-1]}"))
    if len({*signs}) == 1 and last != "D" and _is_grouped(groups, signs):
        is_only = len(signs) > 1 or last in " 'G"
        if is_only or {last} != words_of.decimal_signs(language):
            found.append(Decimal("".join(groups)))
    return tuple(found)


def _is_grouped(groups: list[str], signs: list[str]) -> bool:
    """Whether groups of digits are thousands: three digits each, or two in front of the last three (lakh)."""
    if not signs:
        return True
    first, *others = groups
    if len(first) > 3 or (first.startswith("0")):
        return False
    is_lakh = signs[0] == "," and all(len(group) == 2 for group in others[:-1]) and len(first) < 3
    return all(len(group) == 3 for group in others) or (is_lakh and len(others[-1]) == 3)


def _with_suffixes(tokens: list[Token]) -> list[Token]:
    """Abbreviations such as “1.2bn” taken into the figure before them, with what they may mean."""
    found: list[Token] = []
    is_money = any(is_currency(token) for token in tokens)
    for token in tokens:
        last = found[-1] if found else None
        if last and last.kind == "figure" and not last.suffixes and token.text in words_of.SUFFIXES:
            is_short = len(token.text) == 1 and token.text not in "k"
            if token.is_glued or is_money or not is_short or token.printed.isupper():
                found[-1] = replace(last, suffixes=_meanings(token, is_money))
                continue
            if token.text == "m":
                found[-1] = replace(last, suffixes=_meanings(token, is_money))
                continue
        found.append(token)
    return found


def _meanings(token: Token, is_money: bool) -> tuple[str, ...]:
    """What an abbreviation behind figures may mean: itself, as a factor, or a unit, with a hash before it."""
    name = token.text
    if is_money or name not in words_of.UNIT_SUFFIXES or (token.printed.isupper() and name != "t"):
        return (name,)
    unit = words_of.UNIT_SUFFIXES[name]
    if name in ("t", "mm"):
        return (f"#{unit}",)
    return (name, f"#{unit}") if unit else (name,)


def is_currency(token: Token) -> bool:
    """Whether a token is the sign or the code of a currency."""
    return token.text in words_of.CURRENCY_SIGNS or (
        token.kind == "word" and len(token.text) == 3 and token.text in words_of.CURRENCY_CODES
    )


def _without_dates(tokens: list[Token], *, are_years: bool) -> list[Token]:
    """The tokens with gaps for what is a date, a year or a label."""
    found, kept = list(tokens), set[int]()
    for n, is_gap in _spans_of_years(tokens, are_years=are_years):
        for place in (n, n + 2):
            if is_gap:
                found[place] = replace(found[place], kind="gap")
            else:
                kept.add(place)
    for n, token in enumerate(tokens):
        if found[n].kind != "figure":
            continue
        before = tokens[n - 1].text if n else ""
        behind = [one.text for one in tokens[n + 1 : n + 2]]
        is_in_brackets = before == "(" and behind == [")"] and _is_year(token)
        is_negative = before == "minus" or (
            before == "-"
            and token.is_glued
            and not tokens[n - 1].is_glued
            and (n == 1 or tokens[n - 2].kind != "figure")
        )
        after = tokens[n + 1] if n + 1 < len(tokens) else None
        beside = tokens[n + 2] if after and after.text == "de" and n + 2 < len(tokens) else after  # 3 de mayo
        is_day = len(token.text) <= 2 and any(_is_month(one) for one in (tokens[n - 1] if n else None, beside))
        by_dot = n > 1 and before == "." and tokens[n - 2].text in words_of.MONTHS | words_of.LABELS
        if (
            is_day
            and before not in ("in", "every")
            or by_dot
            or _is_in_label(found, n)
            or is_negative
            or is_in_brackets
        ):
            found[n] = replace(token, kind="beyond" if is_negative else "gap")
        elif n and _is_year(token) and n not in kept and _is_dated(found, n) and not _is_counting(tokens, n):
            found[n] = replace(token, kind="gap")
    return _without_spans_of_days(_without_lists_of_labels(found))


def _is_in_label(tokens: list[Token], n: int) -> bool:
    """Whether the words before figures make them a label: “Article 7”, “P5+1”."""
    before, first = tokens[n - 1] if n else None, tokens[n - 2] if n > 1 else None
    is_sum = before is not None and before.text == "+" and first is not None and first.kind == "gap"
    return is_sum or (before is not None and before.text in words_of.LABELS)


def _without_lists_of_labels(tokens: list[Token]) -> list[Token]:
    """In “resolutions 2259 (2015) and 2570” all figures are labels."""
    found, is_list = list(tokens), False
    for n, token in enumerate(found):
        if token.kind == "figure" and is_list:
            found[n] = replace(token, kind="gap")
        elif token.text in words_of.LABELS and token.text.endswith(("s", "en", "oli")):
            is_list = True
        elif token.kind not in ("gap", "sign") and token.text not in ("and", "or", "to", "et", "y", "e", "und", "en"):
            is_list = False
    return found


def _is_month(token: Token | None) -> bool:
    """Whether a word names a month; “may” in small letters is a verb."""
    return token is not None and token.text in words_of.MONTHS and token.printed != "may"


def _is_year(token: Token) -> bool:
    return re.fullmatch("1[5-9]\\d\\d|20\\d\\d", token.text) is not None and not token.suffixes


def _follows_day(tokens: list[Token], n: int) -> bool:
    """Whether a year follows on a day: “12 March 2022”, “March 12, 2022”."""
    before = [token for token in tokens[max(0, n - 3) : n] if token.text != ","]
    return any(token.kind == "gap" or token.text in words_of.MONTHS for token in before)


def _without_spans_of_days(tokens: list[Token]) -> list[Token]:
    """In “12-15 March” and “March 12 to 15” both numbers are days."""
    found = list(tokens)
    for n in range(len(found) - 2):
        ends = (found[n], found[n + 2])
        is_joint = found[n + 1].text in ("-", "to", "and", "or") and all(
            re.fullmatch(r"\d\d?", one.text) for one in ends
        )
        if is_joint and {one.kind for one in ends} == {"figure", "gap"}:
            found[n], found[n + 2] = (replace(one, kind="gap") for one in ends)
    return found


def _is_dated(tokens: list[Token], n: int) -> bool:
    """Whether the words before four digits make them a year: “in 2019”, “of 2011”; not “up to 2000”."""
    before, first = tokens[n - 1].text, tokens[n - 2].text if n > 1 else ""
    if (before == "of" and first in words_of.BEFORE_OF) or (before == "to" and first in ("up", "close")):
        return False
    beside = [(n - 1, n - 2), (n + 1, n + 2)]
    if any(
        0 <= other < len(tokens) and tokens[other].kind == "figure" and tokens[joint].text in words_of.BETWEEN_YEARS
        for joint, other in beside
    ):
        return False  # the other end of a range
    return before in words_of.BEFORE_YEAR | words_of.MONTHS or _follows_day(tokens, n)


def _is_counting(tokens: list[Token], n: int) -> bool:
    """Whether a noun follows on figures, so that they count: “2000 people”, and not “2000 the army”."""
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    others = words_of.BEFORE_YEAR | words_of.BEHIND_YEAR
    return after is not None and after.kind == "word" and after.text not in others


def _spans_of_years(tokens: list[Token], *, are_years: bool) -> Iterator[tuple[int, bool]]:
    """The places of two figures that may both be years, “2014-2020”, “between 1500 and 2000”, each with whether they
    are taken as years. Where a noun follows they count; of those that are no years of our time,
    ``are_years`` decides."""
    for n in range(len(tokens) - 2):
        first, joint, last = tokens[n : n + 3]
        if not (first.kind == last.kind == "figure" and _is_year(first)):
            continue
        is_short = joint.text == "-" and len(last.text) == 2 and n + 3 == len(tokens)
        if (joint.text in words_of.BETWEEN_YEARS and _is_year(last)) or is_short:
            is_ours = is_short or all("1950" <= one.text < "2050" for one in (first, last))
            yield n, not _is_counting(tokens, n + 2) and (is_ours or are_years)


def variants(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens with each way to read the figures. All figures of a text are read in the same way."""
    values = max((len(token.values) for token in tokens), default=1)
    suffixes = max((len(token.suffixes) for token in tokens), default=1)
    for value, suffix in product(range(max(1, values)), range(max(1, suffixes))):
        yield [
            replace(
                token,
                values=token.values[min(value, len(token.values) - 1) :][:1],
                suffixes=token.suffixes[min(suffix, len(token.suffixes) - 1) :][:1] if token.suffixes else (),
            )
            if token.kind == "figure"
            else token
            for token in tokens
        ]


def _with_figures(text: str, language: str, words: Language) -> str:
    """The text with the cardinals of its language in figures, by text2num. A scale behind figures stays a word."""

    def changed(match: re.Match[str]) -> str:
        before = text[: match.start()].rstrip()
        head, rest = "", match[0]
        first = re.match(r"\s*[^\W\d_]+", rest)
        if first and before[-1:].isdigit() and first[0].strip().lower() in words.scales:
            head, rest = first[0], rest[first.end() :]
        return head + "".join(
            _in_figures(part, language) if is_read else part for part, is_read in _cut(rest, language, words)
        )

    return re.sub(r"[^\W\d_][^\d]*", changed, text)


def _cut(text: str, language: str, words: Language) -> Iterator[tuple[str, bool]]:
    """A text cut around words that are not to be read as a number, each part with whether it is: words that give none
    by themselves, a unit behind a number that the library does not know, articles, which may be meant as one."""
    last, before = 0, ""
    for match in re.finditer(r"[^\W\d_]+", text):
        word, joint, before = match[0].lower(), before, match[0].lower()
        is_kept = word in words.vague | words.collectives.keys() | words.halves | words.parts.keys() | {*words.loose}
        is_kept = is_kept or (joint in words.units.keys() | words.halves | words.several and word in words.scales)
        if word in words.one and text[match.start() - 1 : match.start()] != "-" and joint not in words.joints:
            is_kept = not joint or not _in_figures(joint, language).isdigit()  # “cent un” is 101
        if is_kept:
            yield text[last : match.start()], True
            yield match[0], False
            last = match.end()
    yield text[last:], True


def _in_figures(text: str, language: str) -> str:
    """A text with the cardinals of its language in figures."""
    from text_to_num import alpha2digit  # loaded where a text needs it

    return str(alpha2digit(text, language, threshold=0)) if text.strip() else text


#: A numeral that is not part of a date, an ordinal or a vague number; “一” alone only in front of a word that counts.
_CHINESE = re.compile(
    "(?<![第数數几幾上])(?:(?:[0-9.,]+[万萬亿億千百]++)++[0-9]*+"
    "|(?![一](?![一-鿿])|一[^一二三四五六七八九十百千万萬亿億名个個人位辆架艘座次枚家所条项])"
    "[〇零一二三四五六七八九十百千万萬亿億两兩]++)(?![年月日号號多余餘几幾])"
)
_TWO = str.maketrans("两兩", "二二")
#: Two digits side by side, which say “two or three”: not those of a number that is written digit by digit.
_CHINESE_ROUND = re.compile(
    "[一二三四五六七八九]{2}(?=[十百千万萬亿億])|(?<=[十百千万萬亿億])[一二三四五六七八九]{2}|^[一二三四五六七八九]{2}$"
)


def _with_chinese_numerals(text: str) -> str:
    """The text with Chinese numerals in figures; the value of each sign is Unicode's.

    >>> _with_chinese_numerals("三百五十人"), _with_chinese_numerals("1.2万")
    ('350人', '12000')
    """
    return _CHINESE.sub(lambda match: _chinese(match[0]) or match[0], text)


def _chinese(numeral: str) -> str:
    """The figures of a Chinese numeral: digits, 10, 100 and 1,000 within a group, groups of 10,000."""
    total = group = Decimal(0)
    digit: Decimal | None = None
    if _CHINESE_ROUND.search(numeral.translate(_TWO)):
        return ""
    for sign in re.findall(r"[0-9.,]+|.", numeral.translate(_TWO)):
        simple = sign.replace(",", "")
        is_figure = sign[0].isascii()
        if is_figure and not re.fullmatch(r"\d+(?:\.\d+)?", simple):
            return ""
        value = Decimal(simple if is_figure else int(unicodedata.numeric(sign, 0)))
        if value < 10 or is_figure:
            digit = value if digit is None or digit == 0 else digit * 10 + value
        elif value < 10_000:
            group, digit = group + (digit if digit is not None else 1) * value, None
        else:
            total, group, digit = total + (group + (digit or 0) or 1) * value, Decimal(0), None
    return plain(total + group + (digit or 0))
