"""Find the proper names in running English text: words with capitals that stand where none is due.

There is no model of the language behind it. A capital says nothing at the beginning of a sentence, of a quotation and
of a line in capitals throughout or in title case; there a word counts as a name if the same article has it elsewhere
with a capital that says something. Titles of position, adjectives of nations, months, days and words such as “Council”
that stand alone name nobody by themselves. What is not sure is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .spans import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that begin sentences, in small letters. They belong to no name at its beginning.
OPENING = _words(
    """
    a about above according across after against ahead all also although amid among an and another any anybody are
    as asked at away back because before behind below besides between both but by can citing clearly come could
    currently despite did do does during each earlier either even ever every everybody everyone except few finally
    first following for former from further get give given go had has have having he hence her here hers him his
    how however i if in indeed instead into is it its just last late later latest let like likewise listen long
    many may me meanwhile might more moreover most much must my near neither never nevertheless next no nobody none
    nor not nothing notably now of off officials on once one only onto or other others otherwise our out over own
    per perhaps please previously rather read recently regarding reportedly residents said saying see several shall
    she should similarly since so some somebody someone something sources speaking still such take than that the
    their them then there therefore these they this those though three through throughout thus to today together
    tomorrow too toward towards two under unless unlike until up upon us very was we well were what whatever when
    where whereas whether which while who whoever whom whose why will with within without would yes yesterday yet
    you your
    """
)
#: Words of a title or position. With a name they belong to it; alone they name nobody.
TITLES = _words(
    """
    acting adjutant adm admiral advisor adviser affairs air ambassador assistant associate attorney brigadier
    captain caretaker charge chargé chair chairman chairperson chairwoman chancellor chief colonel commandant
    commander commissioner congressman congresswoman consul coordinator corporal councillor counsel defence defense
    delegate deputy designate director dr economic economy editor emir envoy excellency executive ex field finance
    first foreign former founder general gen gov governor head health her high his honourable honorable imam
    interior judge justice king lady leader lieutenant lt lord maj major marshal marshall mayor member minister mr
    mrs ms national near officer oil pasha permanent personal pm pope premier president prime prince princess prof
    professor queen rear rep representative rev secretary security sen senator senior sergeant sheikh shaikh sheik
    sir speaker special spokesman spokesperson spokeswoman staff state sultan supreme trade treasury vice
    """
)
#: Words of a body. Alone, even with “the”, they stand for a body that was named before.
BODIES = _words(
    """
    academy administration agency agreement airport alliance ambassadors appeal armed army assembly association
    authority bank base battalion board brigade brigades bureau cabinet centre center chamber charter city
    coalition college command commission committee community company conference confederation congress constitution
    convention corporation corps council country court declaration delegation department dialogue directorate
    district division embassy executive facility federation force forces forum foundation front fund gang gangs
    government governorate group groups guard house institute institution institutions international islands
    kingdom law league legislature ministry militia militias mission monitor movement municipality nation national
    navy network office operation operations organisation organization parliament partners party peace people
    peoples plan police political port presidency presidential press process program programme project province
    region regime report representatives republic resolution revolution road roadmap secretariat senate service
    services session society squad staff states summit support supreme team treaty tribe tribes tribunal troops
    union university village war world
    """
)
#: Adjectives of nations, peoples, faiths and regions, which are names of actors only with another word.
ADJECTIVES = _words(
    """
    afghan african albanian algerian american arab arabian arabic argentine armenian asian australian austrian
    azerbaijani azeri bahraini balkan bangladeshi baltic belarusian belgian berber bosnian brazilian british
    bulgarian burundian cameroonian canadian catholic caucasian chadian chilean chinese christian colombian
    congolese coptic croatian cuban cypriot czech danish democrat democratic democrats druze dutch east eastern
    egyptian emirati english eritrean estonian ethiopian european finnish french gabonese gambian georgian german
    ghanaian greek guinean gulf hashemite hungarian indian indonesian iranian iraqi irish islamic islamist israeli
    italian ivorian jamahiriya japanese jewish jihadist jordanian kazakh kenyan korean kosovar kurdish kuwaiti
    kyrgyz latin latino latvian lebanese liberian libyan lithuanian macedonian maghrebi malagasy malaysian malian
    maltese mauritanian mexican moldovan mongolian montenegrin moroccan muslim namibian nepali nigerian nigerien
    north northern norwegian omani orthodox ottoman pakistani palestinian persian peruvian philippine polish
    portuguese qatari roman romanian russian republican republicans rwandan sahrawi salafi salafist saudi scottish
    senegalese serbian shia shiite sicilian singaporean slovak slovenian somali south southern soviet spanish
    sudanese sunni swedish swiss syrian taiwanese tajik tanzanian thai tunisian turkish turkmen ugandan ukrainian
    uzbek venezuelan vietnamese welsh west western yemeni yugoslav zambian zimbabwean algerians americans arabs
    britons egyptians emiratis europeans iranians iraqis islamists israelis italians jews kurds libyans muslims
    palestinians russians saudis sudanese syrians tunisians turks northeastern northwestern southeastern
    southwestern northeast northwest southeast southwest
    """
)
#: Days, months, feasts, tongues and channels, and the signs and headings of a transcript or release, which are nobody.
NOBODY = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec ramadan eid christmas easter gmt utc am pm ad bc ce god allah quran koran bible internet covid
    covid-19 coronavirus news twitter facebook youtube instagram whatsapp telegram tv i ok p.s phd usd eur am pm ii
    iii iv vi answer answers interviewer moderator operator q question questions readout release statement transcript
    """
)
#: Names of bodies that have the letters of a word that begins sentences.
_BODIES_ALIKE = frozenset({"US", "WHO", "IT"})
#: Small words inside a name.
_ANYWHERE = frozenset(
    {"of", "the", "de", "du", "la", "al", "el", "bin", "ibn", "ben", "bint", "van", "von", "ul", "ad", "d"}
)
_AFTER_BODY = frozenset({"for", "in", "on", "to", "the", "of", "against"})
_PREFIXES = frozenset({"al", "el", "as", "ash", "ad", "at", "ar", "an", "az", "ul", "bin", "ibn"})

#: An abbreviation with points, or letters and digits that no blank or mark divides.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
#: What may stand between two words of one name.
_WITHIN = re.compile(r"[  ]+|-|\.[  ]?|[  ]?&[  ]?|[’']")
#: Words of the longest name.
_LONGEST = 30
#: What begins a sentence inside a sentence.
_ANEW = re.compile(r"[“„«‘\"‹(\[:;–—•|*]\s*$|\.\.\.\s*$|…\s*$")
_END = tuple(".!?…”’\"'»)")
#: The share of words with a capital from which a line without a full stop is a headline, and one with a full stop; the
#: first is that of words in capitals, too, from which a line is printed in capitals.
_SHARE, _SHARE_ENDED = 0.6, 0.8


@dataclass(frozen=True)
class Word(Span):
    """A word. ``is_sure``: a capital of it is not due to its place alone. ``kind``: see ``kind``."""

    text: str
    is_sure: bool
    kind: str


@dataclass(frozen=True)
class Name(Span):
    """A sequence of words with capitals."""

    words: tuple[Word, ...]

    @property
    def naming(self) -> tuple[Word, ...]:
        """The words that make it a name: of its own kind, or of a body where something is said of that."""
        own = [word for word in self.words if word.kind == "own"]
        bodies = [word for word in self.words if word.kind == "body"]
        is_told = bool(own) or len(self.words) > len(bodies) or len(bodies) > 1
        return tuple(word for word in self.words if word.kind == "own" or (word.kind == "body" and is_told))


#: Languages that write every noun with a capital, so that capitals tell no name.
NOUNS_IN_CAPITALS = frozenset({"de", "lb"})
_IN_CAPITALS = re.compile(r"\b[A-ZÄÖÜ]{2,}\b")


def find(text: str, sentences: Sequence[Span], language: str | None = None) -> list[Name]:
    """The proper names of a text, in its order. ``sentences`` are its sentences, ``language`` is its code (BCP 47).

    Where the language writes every noun with a capital, these are only the names with a word in capitals throughout.

    >>> text = "Meanwhile, the Presidential Council met Ghassan Salame of the UN Support Mission in Libya on Friday."
    >>> [text[name.start:name.end] for name in find(text, [Span(0, len(text))])]
    ['Presidential Council', 'Ghassan Salame of the UN Support Mission in Libya']
    """
    tokens = [list(_tokens(text, sentence)) for sentence in sentences]
    small = {token.text for found in tokens for token in found if token.text.islower()}
    elsewhere = {
        token.text.casefold() for found in tokens for token in found if token.is_sure and token.text[0].isupper()
    }
    names: list[Name] = []
    for found in tokens:
        names += _names(text, [_settled(token, elsewhere, small) for token in found])
    if language in NOUNS_IN_CAPITALS:
        return [name for name in names if _IN_CAPITALS.search(text, name.start, name.end)]
    return names


def kind(word: str) -> str:
    """What a word with a capital is: ``title``, ``adjective``, ``body``, ``nobody`` or a name of its ``own``."""
    plain = word.casefold()
    for name, words in (("nobody", NOBODY), ("title", TITLES), ("body", BODIES), ("adjective", ADJECTIVES)):
        if plain in words:
            return "own" if name == "nobody" and is_acronym(word) and len(word) == 2 else name
    return "own"


def is_acronym(word: str) -> bool:
    """Whether a word is made of capitals, with or without points and an s of the plural: ``UN``, ``U.S.``, ``NGOs``.

    >>> [word for word in ("UN", "U.S.", "NGOs", "Haftar", "A", "F16") if is_acronym(word)]
    ['UN', 'U.S.', 'NGOs', 'F16']
    """
    letters = [letter for letter in word.removesuffix("s") if letter.isalnum()]
    return len(letters) > 1 and letters[0].isupper() and not any(letter.islower() for letter in letters)


def _tokens(text: str, sentence: Span) -> Iterator[Word]:
    """The words of a sentence. The capital of one is sure where a small letter might have stood."""
    found = list(_TOKEN.finditer(text, sentence.start, sentence.end))
    long = [one[0] for one in found[1:] if len(one[0]) > 2]
    is_ended = text[sentence.end - 1 : sentence.end] in _END
    raised = sum(word[0].isupper() for word in long)
    is_title = len(long) > 1 and raised > (_SHARE if not is_ended else _SHARE_ENDED) * max(len(long), 9 * is_ended)
    is_shouted = len(long) > 1 and sum(word.isupper() for word in long) > _SHARE * len(long)
    end = sentence.start
    for number, one in enumerate(found):
        is_first = number == 0 or _ANEW.search(text, max(end - 1, one.start() - 6), one.start()) is not None
        acronym = is_acronym(one[0]) and not is_shouted
        is_sure = acronym or not (is_first or is_title or is_shouted)
        yield Word(one.start(), one.end(), one[0], is_sure, kind(one[0]))
        end = one.end()


def _settled(word: Word, elsewhere: set[str], small: set[str]) -> Word:
    """A word whose capital might be due to its place: a name if the article has it as one elsewhere."""
    plain = word.text.casefold()
    is_sure = word.is_sure or (plain in elsewhere and plain not in small and not _is_opening(word.text))
    return Word(word.start, word.end, word.text, is_sure, word.kind)


def _names(text: str, words: list[Word]) -> Iterator[Name]:
    """The sequences of words with capitals in a sentence, as far as something in them is sure to name somebody."""
    run: list[Word] = []
    joints: list[Word] = []
    for word in words:
        last = joints[-1] if joints else run[-1] if run else None
        between = text[last.end : word.start] if last else ""
        is_near = last is not None and _WITHIN.fullmatch(between) is not None
        if is_near and run and word.text.islower() and _joins(word, run[-1], joints):
            joints.append(word)
            continue
        if not _is_raised(word):
            yield from _made(run)
            run, joints = [], [word] if word.text in _PREFIXES else []
            continue
        if run and not is_near:
            yield from _made(run)
            run = []
        if not run and joints and is_near and between == "-":
            word = Word(joints[0].start, word.end, text[joints[0].start : word.end], word.is_sure, word.kind)
        if len(run) == _LONGEST:  # a list without commas, and no name
            yield from _made(run)
            run = []
        run.append(word)
        joints = []
    yield from _made(run)


def _is_raised(word: Word) -> bool:
    return word.text[0].isupper() and word.is_sure


def _joins(word: Word, before: Word, joints: list[Word]) -> bool:
    """Whether a small word may stand inside a name after a word of it."""
    allowed = _AFTER_BODY | _ANYWHERE if before.kind == "body" or is_acronym(before.text) else _ANYWHERE
    return word.text in allowed and len(joints) < 2 and not (word.text == "the" and not joints)


def _made(run: list[Word]) -> Iterator[Name]:
    """The name that a run of words makes, without words at its ends that belong to no name."""
    while run and (_is_opening(run[0].text) or run[0].kind == "nobody"):
        run = run[1:]
    while run and run[-1].kind == "nobody":
        run = run[:-1]
    if run and (name := Name(run[0].start, run[-1].end, tuple(run))).naming:
        yield name


def _is_opening(word: str) -> bool:
    """Whether a word is one that begins sentences."""
    return word.casefold() in OPENING and word not in _BODIES_ALIKE


def uncovered(name: Name, covered: Iterable[Span]) -> tuple[Word, ...]:
    """The naming words of a name that none of the given spans has a part in."""
    spans = list(covered)
    return tuple(word for word in name.naming if not any(word.overlaps(span) for span in spans))


def initials(name: str) -> str:
    """The first letters of the words of a name that have a capital.

    >>> initials("Government of National Accord")
    'GNA'
    """
    return "".join(word[0] for word in re.split(r"[\W_]+", name) if word[:1].isupper())


def are_spellings(one: str, two: str) -> bool:
    """Whether two words in small letters may be one: a form of the other, as “Libya” and “Libyan” are, or another
    spelling of it, with the same consonants or most of the same letters.

    >>> [are_spellings(*pair) for pair in (("libya", "libyan"), ("haftar", "hifter"), ("kadhafi", "gaddafi"))]
    [True, True, True]
    >>> are_spellings("russia", "rwanda")
    False
    """
    if min(len(one), len(two)) < 4:
        return False
    if one[:4] == two[:4] or _consonants(one) == _consonants(two):
        return True
    is_long = min(len(one), len(two)) > 4 and abs(len(one) - len(two)) < 3
    return is_long and SequenceMatcher(None, one, two, autojunk=False).ratio() > 0.7


def _consonants(word: str) -> str:
    """The consonants of a word, each once where it is doubled: of a word with two at least."""
    kept = re.sub(r"(.)\1+", r"\1", re.sub("[aeiouy]", "", word))
    return kept if len(kept) > 2 else word
