"""Reading printed numbers, and the bounds that their words give."""

from __future__ import annotations

import re
import time
import warnings
from decimal import Decimal

import pytest
from babel import Locale, localedata
from babel.numbers import get_decimal_symbol
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from haftar_record.text import numbers
from haftar_record.text.numbers import words as number_words

#: A number without bounds; one that is only called approximate.
NONE, LOOSE = "- -", "- - ~"


def said(text: str, language: str = "en") -> list[str]:
    """The ways to read a text, each as "min max", with "~" where it is approximate and "?" where it can be either."""
    return [
        " ".join(
            [
                "-" if one.minimum is None else f"{one.minimum.normalize():f}",
                "-" if one.maximum is None else f"{one.maximum.normalize():f}",
                *({True: "~", None: "?"}[one.is_approximate] for _ in [0] if one.is_approximate is not False),
                *([one.unit] if one.unit else []),
            ]
        )
        for one in numbers.bounds(text, language)
    ]


#: Words that give one number, exactly.
EXACT = {
    "six delegates": "6", "ten": "10", "twelve": "12", "SIX": "6", "nineteen": "19", "zero": "0",
    "twenty-one": "21", "twenty one": "21", "Twenty–five": "25", "seventy-five": "75", "forty": "40",
    "a dozen delegates": "12", "dozen": "12", "two dozen": "24", "3 dozen": "36", "half a dozen tanks": "6",
    "half-dozen": "6", "a score": "20", "two score": "40", "a pair of boots": "2", "both sides": "2", "twice": "2",
    "a hundred": "100", "hundred protesters": "100", "one hundred": "100", "two hundred": "200", "two-hundred": "200",
    "two hundred and fifty": "250", "two hundred fifty": "250", "one hundred and five": "105", "twelve hundred": "1200",
    "nineteen hundred": "1900", "a thousand fighters": "1000", "a thousand and one": "1001",
    "three thousand two hundred": "3200", "three thousand, two hundred and ten": "3210",
    "one hundred and five thousand": "105000", "six hundred thousand": "600000", "2 hundred thousand": "200000",
    "sixty-five million, twenty-eight thousand, three hundred and seventeen": "65028317",
    "two million": "2000000", "2 million": "2000000", "2-million": "2000000", "three billion": "3000000000",
    "1.2 million": "1200000", "1,5 million": "1500000", "two point five million": "2500000", "1.9 trillion": "1900000000000",
    "half a million": "500000", "half-million": "500000", "a half-million people": "500000", "half of a million": "500000",
    "a quarter of a million": "250000", "three quarters of a million": "750000", "quarter of a million": "250000",
    "one and a half million": "1500000", "three-and-a-half million": "3500000", "two and a half years": "2.5",
    "a million and a half": "1500000", "two years and a half": "2.5", "an hour and a half": "1.5",
    "1½ million": "1500000", "1 1/2 million": "1500000", "2½": "2.5", "½": "0.5", "3/4": "0.75", "¾": "0.75",
    "half": "0.5", "half of the delegates": "0.5", "three-quarters": "0.75", "three quarters": "0.75", "a quarter": "0.25",
    "one-fifth": "0.2", "three-fifths of them": "0.6",
    "1,200": "1200", "1 200": "1200", "1\u00a0200": "1200", "1\u2009200": "1200", "1\u202f200": "1200", "1'200": "1200",
    "1’200": "1200", "1,200,000": "1200000", "1 200 000": "1200000", "1.200.000": "1200000", "1,50,000": "150000",
    "1,200.50": "1200.5", "1.200,50": "1200.5", "10 000,5": "10000.5", "1.200": "1.2", "12,34": "12.34", "0.5": "0.5", ".5": "0.5", "$.5": "0.5",
    "$1.2bn": "1200000000", "$1.2 billion": "1200000000", "US$5 million": "5000000", "USD 5m": "5000000", "£3.5m": "3500000",
    "€ 200": "200", "200 €": "200", "5 million euros": "5000000", "5,000 US dollars": "5000", "$ 5 million": "5000000",
    "$5t": "5000000000000", "5M": "5000000", "5k": "5000", "2 lakh": "200000", "1.5 crore": "15000000", "1.2 mln": "1200000",
    "20%": "20", "20 percent": "20", "20 per cent": "20", "0,5 %": "0.5",
    "14-month": "14", "a 14-month campaign": "14", "450 kilometres": "450", "200km": "200", "a 20-strong delegation": "20",
    "a million-strong force": "1000000", "the two": "2", "all five": "5", "another 200": "200", "a total of 200": "200",
    "exactly 200": "200", "five more tanks": "5", "one man": "1", "ten-fold": "10", "six (6) delegates": "6",
    "2019 prisoners": "2019", "2,019 prisoners": "2019", "may 20 people": "20", "100 tonnes": "100",
    "three of the four brigades": "3", "24 of its 37 members": "24",
    "two 500-pound bombs": "2", "three 14-year-old boys": "3", "two AK-47s": "2", "four F-16s": "4",
    "٢٠٠ مقاتل": "200", "۲۰۰": "200", "२००": "200", "２００": "200", "１，２００人": "1200", "١٬٢٠٠": "1200", "١٫٥": "1.5",
    "三百五十人": "350", "二十": "20", "两千": "2000", "1.2万": "12000", "2亿美元": "200000000", "一百零五": "105",
}  # fmt: skip
#: Words that bound a number on one side, or on both.
BOUNDED = {
    "at least 10": "10 -", "no fewer than ten": "10 -", "no less than 10": "10 -", "not less than 10": "10 -",
    "more than 10": "10 -", "more than a dozen": "12 -", "more than 1.2 million barrels per day": "1200000 -",
    "over 200": "200 -", "well over 200": "200 -", "just over 200": "200 -", "upwards of 200": "200 -", "in excess of 200": "200 -",
    "a minimum of 10": "10 -", "as few as 3": "3 -", "200 or more": "200 -", "200 or more people": "200 -",
    "200 people or more": "200 -", "200-plus": "200 -", "200+": "200 -", ">200": "200 -", "≥ 200": "200 -", "10 at least": "10 -",
    "a million-plus": "1000000 -", "$1bn-plus": "1000000000 -", "at least half a million": "500000 -", "more than half": "0.5 -",
    "up to 1 200": "- 1200", "up to half": "- 0.5", "as many as 10": "- 10", "no more than 10": "- 10", "not more than a dozen": "- 12",
    "fewer than 10": "- 10", "less than 10%": "- 10", "under 200": "- 200", "at most 10": "- 10", "a maximum of 15 people": "- 15",
    "200 or fewer": "- 200", "<200": "- 200", "within 10 days": "- 10", "up to 10 or 15": "- 15",
    "10-15": "10 15", "10–15": "10 15", "10 - 15": "10 15", "10 to 15": "10 15", "10 till 15": "10 15", "from 10 to 15": "10 15",
    "between 10 and 15": "10 15", "10 or 15": "10 15", "two or three": "2 3", "two, perhaps three": "2 3", "a day or two": "1 2",
    "ten-twenty": "10 20", "twenty-five to thirty": "25 30", "10-15 million": "10000000 15000000",
    "10–15 million": "10000000 15000000", "between two and three million": "2000000 3000000", "five or six thousand": "5000 6000",
    "two or three hundred": "200 300", "two to three dozen": "24 36", "one million to 1.5 million": "1000000 1500000",
    "500,000 to 1 million": "500000 1000000", "$800m to $1.2bn": "800000000 1200000000", "$10-$15 million": "10000000 15000000",
    "$10 to $15 million": "10000000 15000000", "€5-10bn": "5000000000 10000000000", "20-30%": "20 30", "20% to 30%": "20 30",
    "between 10% and 15%": "10 15", "between one hundred and two hundred": "100 200",
    "between two hundred and fifty and three hundred": "250 300", "100,000 - 150,000 men": "100000 150000",
    "1,000–2,000": "1000 2000", "10 to 15-year-olds": "10 15", "2-3 weeks": "2 3",
    "at least 10 but no more than 15": "10 15", "at least 10 and at most 15": "10 15", "more than 200 and fewer than 300": "200 300",
}  # fmt: skip
#: Words that give no number: vague ones, ordinals, dates, years, labels, parts without an exact value.
WITHOUT = (
    "dozens", "dozens if not hundreds", "dozens of armored vehicles", "scores of civilians dead", "hundreds", "thousands", "tens of thousands",
    "hundreds of thousands", "tens of millions of dollars", "several hundred", "a few hundred", "several dozen", "many thousand",
    "a couple of dozen", "some hundreds", "hundreds or even thousands", "at least dozens", "a few", "several", "some", "many",
    "numerous", "several years", "a number of government agencies", "a series", "the majority of the members", "cities", "",
    "a third country", "the third", "21st", "the twenty-first", "second", "the 2nd",
    "in 2019", "since 2011", "2014-2020", "2014–15", "the 1990s", "12 March", "March 12, 2022", "12-15 March", "June 23rd 2021",
    "2021-06-28", "5/6/2020", "10 a.m.", "10:30", "24/7", "9/11", "Sept. 5",
    "Resolution 1970", "AK-47", "G7", "No. 5", "multi-million", "-5", "minus 5",
    "a third of the seats", "two thirds", "two-thirds", "one third", "1/3", "up to two-thirds",
    "数十人", "数百人", "第三", "十月", "2019年", "一直", "三十多人",
)  # fmt: skip
#: Words that call a number approximate; docs/coding-rules.md says which of them bound it.
APPROXIMATE = (
    "about 1,350 km", "around 200", "some 200", "roughly 200", "approximately 200", "circa 200", "an estimated 10,000", "~200",
    "200-odd", "200 or so", "10 or so years", "a dozen or so", "about a dozen", "some two dozen", "roughly half", "almost unanimous",
)  # fmt: skip


@pytest.mark.parametrize(("text", "value"), EXACT.items())
def test_exact(text, value):
    """Catches a number that is read as another one: a dozen as 1, two hundred as 2, 2 million as 2."""
    assert said(text) == [f"{value} {value}"]


@pytest.mark.parametrize(("text", "expected"), BOUNDED.items())
def test_bounded(text, expected):
    """Catches a bound on the wrong side, one too many, and a range whose unit goes with one end alone."""
    assert said(text) == [expected]


@pytest.mark.parametrize("text", WITHOUT)
def test_without_a_number(text):
    """Catches a number seen in words that give none."""
    assert said(text) == [NONE]


@pytest.mark.parametrize("text", APPROXIMATE)
def test_approximate(text):
    """Catches a bound taken from a number that is only called approximate."""
    assert said(text) == [LOOSE]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("nearly 200", ["- 200 ~", LOOSE]),
        ("just under 200", ["- 200 ~", LOOSE]),
        ("at least about 200", ["200 - ~", LOOSE]),
        ("about 10 to 15", [LOOSE, "10 15 ~"]),
        ("over 10 years", ["10 -", "10 10"]),
        ("at least 10 to 15", ["10 -", "10 15"]),
        ("15-20,000", ["15000 20000", "15 20000"]),
        ("1.2m", ["1200000 1200000", "1.2 1.2 metre"]),
        ("5 m", ["5000000 5000000", "5 5 metre"]),
        ("an aircraft", [NONE, "1 1"]),
        ("a couple", [NONE, "2 2"]),
        ("no casualties", [NONE, "0 0"]),
        ("No. 5", [NONE]),
        ("not one", [NONE, "0 0"]),
        ("not a single shot", [NONE, "0 0"]),
    ],
)
def test_more_than_one_way(text, ways):
    """Catches a choice that the reader makes in silence."""
    assert said(text) == ways


@pytest.mark.parametrize(
    "text",
    [
        "four dead and 12 wounded", "three men and two women", "300-200", "5-4", "2 x 4", "1,2,3", "rose from 10 to 15",
        "an aircraft and four tanks", "one and two", "at least three people, including two children", "1 " * 300,
    ],
)  # fmt: skip
def test_several_numbers(text):
    """Catches one of several numbers picked in silence."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("language", "text", "ways"),
    [
        ("fr", "six délégués", ["6 6"]), ("fr", "deux cents combattants", ["200 200"]), ("fr", "quatre-vingt-dix", ["90 90"]),
        ("fr", "deux millions", ["2000000 2000000"]), ("fr", "2,5 millions de dollars", ["2500000 2500000"]),
        ("fr", "un million et demi", ["1500000 1500000"]), ("fr", "deux ans et demi", ["2.5 2.5"]), ("fr", "cent un", ["101 101"]),
        ("fr", "au moins dix", ["10 -"]), ("fr", "plus de deux cents", ["200 -"]), ("fr", "jusqu’à 1 200", ["- 1200"]),
        ("fr", "moins de 10 %", ["- 10"]), ("fr", "entre dix et quinze", ["10 15"]), ("fr", "10 à 15 millions", ["10000000 15000000"]),
        ("fr", "deux ou trois", ["2 3"]), ("fr", "un ou deux", ["1 2"]), ("fr", "environ 200", [LOOSE]), ("fr", "2 milliards", ["2000000000 2000000000"]),
        ("fr", "une douzaine", ["12 12"]), ("fr", "une centaine de combattants", [NONE]), ("fr", "des dizaines", [NONE]),
        ("fr", "un homme", [NONE, "1 1"]), ("fr", "le premier", [NONE]), ("fr", "3e", [NONE]),
        ("fr", "1.200", ["1200 1200"]), ("fr", "1,200", ["1.2 1.2"]), ("fr", "1 200", ["1200 1200"]),
        ("de", "zweihundertfünfzig", ["250 250"]), ("de", "zwei Millionen", ["2000000 2000000"]), ("de", "ein Dutzend", ["12 12"]),
        ("de", "2,5 Millionen Euro", ["2500000 2500000"]), ("de", "1,5 Mio. Euro", ["1500000 1500000"]), ("de", "3 Mrd. Euro", ["3000000000 3000000000"]),
        ("de", "anderthalb Millionen", ["1500000 1500000"]), ("de", "mindestens zehn", ["10 -"]), ("de", "bis zu 1.200", ["- 1200"]),
        ("de", "rund 200", [LOOSE]), ("de", "zwischen 10 und 15", ["10 15"]), ("de", "10 bis 15", ["10 15"]), ("de", "Dutzende", [NONE]),
        ("de", "1.200", ["1200 1200"]), ("de", "1,5", ["1.5 1.5"]), ("de", "1.5", ["1.5 1.5"]), ("de", "am 3. Mai", [NONE]),
        ("es", "seis delegados", ["6 6"]), ("es", "dos millones y medio", ["2500000 2500000"]), ("es", "10 a 15", ["10 15"]),
        ("es", "1.200", ["1.2 1.2", "1200 1200"]), ("es", "1,200", ["1.2 1.2", "1200 1200"]), ("es", "más de 200", ["200 -"]),
        ("it", "almeno duecento", ["200 -"]), ("it", "20 mila", ["20000 20000"]), ("pt", "mais de 200", ["200 -"]),
        ("nl", "ongeveer 200", [LOOSE]), ("nl", "anderhalf miljoen", ["1500000 1500000"]),
        ("ru", "1,5 млн", ["1500000 1500000"]), ("tr", "1.200 kişi", ["1200 1200"]), ("tr", "2 milyon", ["2000000 2000000"]),
        ("ar", "٢ مليون", ["2000000 2000000"]), ("pl", "1,5 mln", ["1500000 1500000"]), ("xx", "1.200", ["1.2 1.2", "1200 1200"]),
    ],
)  # fmt: skip
def test_language(language, text, ways):
    """Catches a text that is read by the words or the signs of another language."""
    assert said(text, language) == ways


@given(st.integers(0, 10**15), st.sampled_from([",", " ", "\u00a0", "\u202f", "'", ""]))
def test_any_whole_number(number, separator):
    """Catches figures that are read as another number, with their thousands separated or not."""
    assert said(f"{number:,} men".replace(",", separator)) == [f"{number} {number}"]


@given(st.integers(0, 10**12), st.sampled_from(["en", "es", "nl"]))
def test_any_number_in_words(number, language):
    """Catches words that are read as another number than the one that num2words wrote. (In the other languages it
    writes words that few people write.)"""
    ways = said(num2words(number, lang=language), language)
    assert f"{number} {number}" in ways
    assert len({*ways} - {NONE}) == 1


@given(
    st.text() | st.text(alphabet="一二十百千万亿两〇.,5 数第"), st.sampled_from([*number_words.LANGUAGES, "ar", "zh"])
)
def test_any_text(text, language):
    """Catches a text on which the reader fails, a number below zero, and bounds in the wrong order."""
    for one in numbers.bounds(text, language):
        assert all(value is None or (value.is_finite() and value >= 0) for value in (one.minimum, one.maximum))
        assert one.minimum is None or one.maximum is None or one.minimum <= one.maximum


@given(
    st.lists(
        st.sampled_from([*"0123456789,.-%$½/ ", " and ", " to ", " between ", "million", " a ", "half ", "two ", "of "])
    )
)
def test_any_words_around_numbers(parts):
    """Catches a failure on words that occur around numbers, in any order."""
    assert isinstance(numbers.bounds("".join(parts)), tuple)


@pytest.mark.parametrize(
    "text", ["1 " * 50_000, "and " * 25_000, "(" * 100_000, "1," * 50_000, "a-" * 50_000, "twenty-" * 15_000]
)
def test_hostile_text(text):
    """Catches a pattern that takes long on a text made for it."""
    start = time.perf_counter()
    for cut in (text, text[: numbers.MAX_LENGTH]):
        for language in ("en", "fr", "zh"):
            numbers.bounds(cut, language)
    assert time.perf_counter() - start < 2


def test_decimal_signs_are_those_of_unicode():
    """Catches a language whose decimal sign is another one in Unicode CLDR, by the main region of the language."""
    signs: dict[str, set[str]] = {}
    for name in localedata.locale_identifiers():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            locale = Locale.parse(name)
        if len(locale.language) == 2 and name == locale.language:
            signs[name] = {get_decimal_symbol(name, numbering_system="latn")}
    for language in sorted(number_words.POINT | number_words.COMMA):
        assert signs.get(language, number_words.decimal_signs(language)) == number_words.decimal_signs(language), (
            language
        )
    assert len(signs.keys() & (number_words.POINT | number_words.COMMA)) > 100


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("a", 1),
        ("an", 1),
        ("three", 3),
        ("ten", 10),
        ("twenty-one", 21),
        ("twenty one", 21),
        ("14", 14),
        ("a dozen", 12),
    ],
)
def test_count(words, number):
    """Catches a whole number of days, weeks or years that is read as another one, or that the pattern does not match."""
    assert numbers.count(words) == number
    assert re.fullmatch(f"(?:{numbers.COUNT}) days ago", f"{words} days ago")


@pytest.mark.parametrize("words", ["", "few", "third", "1.5", "dozens"])
def test_no_count(words):
    """Catches a text read as a whole number that is none."""
    with pytest.raises(ValueError, match="no whole number"):
        numbers.count(words)


def test_bounds_as_a_sheet_has_them():
    """Catches a message that does not say what to write."""
    assert str(numbers.Bounds(Decimal("1200000"), Decimal("1.50"))) == "min 1200000 and max 1.5"
    assert str(numbers.Bounds(is_approximate=True)) == "neither min nor max (approximate)"
