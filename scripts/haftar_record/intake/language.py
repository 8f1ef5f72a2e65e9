"""Propose the language of a text by the small words that it cannot do without, or by its letters.

A script that one language alone uses decides by itself. Where several share one, the words decide: how many of the
text's words are among the commonest of each language (Zipf's law makes them a third of any running text; the method
is that of Grefenstette, “Comparing two language identification schemes”, JADT 1995). A text that is short, or in which
two languages are near each other, has no proposal.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

#: The commonest words of news in each language, by its BCP 47 code. Words that two languages share count for both.
_WORDS = {
    "en": "the of and to in that is was for on with said by as at he it his from has had were are an be have its not",
    "fr": "le la les des de du et en un que qui dans pour par sur au aux est sont été ont avec ce cette il il ne pas",
    "de": "der die das und in den von zu mit dem des auf ist im für ein eine nicht sich auch hat sind wurde werden bei",
    "es": "el la los las de que y en un una del por con para se al lo su es como más fue ha ante sobre entre también",
    "it": "il lo la gli le di che e in un una del della dei per con non si da al è sono alla nel dal anche ha stato",
    "pt": "o a os as de que e do da em um uma para com não por no na dos das se foi ao pelo pela são também mais",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er door ook bij naar werd heeft worden als om uit",
    "pl": "i w na z do że się nie to jest o po od za przez dla ze jak są został oraz ale który które tym przy był",
    "tr": "ve bir bu için ile de da olarak olan daha çok en gibi kadar sonra ise dedi göre değil ancak her ya şu ne",
    "sv": "och i att det som en på är av för med den till de inte om har ett från var vid men så kan sig ska efter",
    "da": "og i at det er en til på som af for med de den ikke har et om var fra ved men så kan sig skal efter blev",
    "no": "og i at det er en til på som av for med de den ikke har et om var fra ved men så kan seg skal etter ble",
    "ru": "и в не на что с по как это он из за от для его о к был была было которые также но их при заявил со",
    "uk": "і в не на що з та як це він із за від для його про до був була було які також але їх при й у є",
    "bg": "и в не на че с по като това той от за до се е са са били да ще към които също но си при със ги във",
    "sr": "и у не на да се је за од са су као што би који али или то који ће није до по из према након",
    "ar": "في من على إلى أن التي الذي عن مع هذا هذه كما قال ما لا بعد كان بين أو ذلك قد لم وقال خلال وفي",
    "fa": "در به از که این را با است برای آن یک های می خود تا شد بر هم کرد نیز شده گفت است و",
    "ur": "کے کی میں ہے اور سے کا کو نے پر ہیں کہ اس یہ نہیں بھی کر ایک تھا ہو گیا ان",
    "he": "של את על לא הוא כי עם זה גם אל או היא אך בין היה הם כל אמר לאחר אשר",
}
WORDS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
#: Scripts that one language of the news uses, by its letters; kana before the Chinese characters that stand among them.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
)
#: Letters that a language has not, where another of the same script has them. More than a name's worth rules it out.
_ALIEN = {
    "ru": "іїєјљњћђџґ",
    "bg": "ыэёіїєјљњћђџ",
    "uk": "ыэёъјљњћђџ",
    "sr": "ыэёъщьюяйіїє",
    "ar": "پچژگکیٹڈڑے",
    "ur": "يك",
}
#: Letters beyond ASCII of the alphabets in Latin letters.
_ALPHABETS = {
    "en": "éèêàçñöüï", "fr": "éèêëàâùûüçîïôœæ", "de": "äöüß", "es": "áéíóúñü", "it": "àèéìòù", "pt": "ãõáâàéêíóôúç",
    "nl": "ëïéèö", "pl": "ąćęłńóśźż", "tr": "çğıöşüâî", "sv": "åäöé", "da": "åæøé", "no": "åæøé",
}  # fmt: skip
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: The commonest characters of Chinese in both scripts, Japanese and Korean.
_COMMON_SIGNS = (
    "的了在是和国國不有中年日对對将將双雙方人一为為",
    "のはをにがでとしたるいてもへ",
    "이다는을의에가하를고은지도",
)
#: Characters that are looked at, words that a verdict needs, the share of them that is known at least, and how much
#: more of them than the next language knows.
_LOOKED_AT, _ENOUGH, _SHARE, _LEAD = 20_000, 25, 0.12, 1.4


@dataclass(frozen=True)
class Language:
    """A proposed language: its code, or None; and the reason."""

    code: str | None
    because: str


def propose(text: str) -> Language:
    """The language of a text.

    >>> propose("The talks in Tripoli ended.").code is None
    True
    """
    text = text[:_LOOKED_AT]
    letters = sum(map(str.isalpha, text))
    for code, pattern in _SCRIPTS:
        count = len(pattern.findall(text))
        if count >= 20 and count > letters * (0.1 if code == "ja" else 0.5):
            return Language(code, f"{count:,} of {letters:,} letters are of its script.")
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < _ENOUGH:
        return Language(None, f"{len(words)} words are too few to tell.")
    counts = Counter(words)
    possible = {code: common for code, common in WORDS.items() if not _is_alien(text, code, letters)}
    known = {code: sum(counts[word] for word in common) for code, common in possible.items()}
    (best, most), (second, next_most) = sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    shown = ", ".join(sorted(WORDS[best] & counts.keys(), key=lambda word: (-counts[word], word))[:4])
    if most < len(words) * _SHARE:
        return Language(None, f"of {len(words):,} words only {most:,} are common ones of the nearest language, {best}.")
    if most < next_most * _LEAD:
        return Language(
            None, f"{best} and {second} are near each other: {most:,} and {next_most:,} of {len(words):,} words."
        )
    return Language(
        best,
        f"{most:,} of {len(words):,} words are its commonest ({shown}); of {second}, the next language, {next_most:,}.",
    )


def _is_alien(text: str, code: str, letters: int) -> bool:
    """Whether more than one in two hundred letters of a text are none of this language."""
    return sum(map(text.lower().count, _ALIEN.get(code, ""))) * 200 > letters


def familiar(text: str) -> float:
    """How much of a text is familiar, from 0 to about 1: common words of the language that has most of them, and
    letters beyond ASCII that are of its alphabet. Of a text without blanks, its commonest characters.

    >>> familiar("он был в Триполи") > familiar("но аил ч Фипнокх")
    True
    """
    text = text[:_LOOKED_AT]
    if _UNSPACED.search(text):
        count = len(_UNSPACED.findall(text))
        return max(sum(map(text.count, common)) for common in _COMMON_SIGNS) * 3 / max(len(text), 3 * count, 1)
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = Counter(words)
    known = {code: sum(counts[word] for word in common) for code, common in WORDS.items()}
    best = max(known, key=lambda code: known[code])
    beyond = [letter for letter in "".join(words) if "\x80" <= letter < "\u0370"]
    alphabet = _ALPHABETS.get(best, "")
    fitting = sum(letter in alphabet for letter in beyond) / len(beyond) if beyond else 0.5
    return (known[best] * 2 + fitting * len(words)) / max(1, 2 * len(words))
