"""What languages say around numbers: words that multiply, words that bound, signs of decimals.

English is read by these words alone. The cardinals of the languages in ``CARDINALS_BY_LIBRARY`` are read by text2num;
of others, figures alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Languages in which a point or a comma is the decimal sign (Unicode CLDR 48, their main region). In Spanish, Arabic,
#: Malay and Swahili it depends on the region; of a language that is in neither row, nothing is known.
POINT = _set(
    "ak am as bm bn bo cu cy dv dz ee en fa ga gn gu gv ha he hi ig ii ja kn ko ks kw la lg mg ml mn mr mt my nd ne nv "
    "ny om or os pa qu sa sd si sn so st ta te th ti to ug ur wa xh yi yo za zh zu"
)
COMMA = (
    _set(
        "af az be bg br bs ca cs da de el eo et eu fi fo fr fy gl hr ht hu hy ia id ie is it jv ka kl ky lb ln lo lt "
        "lu lv mk nb nl nn no nr ps pl pt ro ru rw sc se sg sk sl sq sr ss su sv tg tk tr ts tt uk uz ve vi wo"
    )
    - POINT
)
#: Languages whose cardinals text2num reads.
CARDINALS_BY_LIBRARY = frozenset({"de", "es", "fr", "it", "nl", "pt"})


def decimal_signs(language: str) -> frozenset[str]:
    """The signs that can separate decimals in a language: a point, a comma, or either.

    >>> sorted(decimal_signs("en")), sorted(decimal_signs("de")), sorted(decimal_signs("es"))
    (['.'], [','], [',', '.'])
    """
    if language in POINT:
        return frozenset(".")
    return frozenset(",") if language in COMMA else frozenset(".,")


@dataclass(frozen=True)
class Language:
    """The words of a language. Phrases are in small letters, with single blanks; a text is compared in that form.

    scales        words that multiply the number before them
    collectives   words for a number of things: a dozen, a pair
    vague         plurals that give no number by themselves
    lower, upper  phrases before a number that bound it below or above; ``lower_after``, ``upper_after`` behind it
    loose         phrases by which a number is approximate and no bound; ``loose_after`` behind it
    below         phrases by which it is approximate and at the same time not reached
    between       what opens a range, and the word inside it; ``to`` are words inside a range that nothing opens
    of            words between a part and the whole that it is a part of
    one           articles, which may be meant as the number one; ``joints`` are words behind which they are that number
    units         further words that are a number, of which the library reads none
    halves        words that make half of the unit behind them: “eine halbe Million”
    parts         words for a part of a whole, with the number of such parts: “zwei Drittel”
    several       words that make a unit behind them vague: “mehrere hundert”
    """

    scales: dict[str, int]
    collectives: dict[str, int] = field(default_factory=dict)
    vague: frozenset[str] = frozenset()
    lower: tuple[str, ...] = ()
    lower_after: tuple[str, ...] = ()
    upper: tuple[str, ...] = ()
    upper_after: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    loose_after: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    between: tuple[tuple[str, str], ...] = ()
    to: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    one: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    units: dict[str, str] = field(default_factory=dict)
    halves: frozenset[str] = frozenset()
    parts: dict[str, int] = field(default_factory=dict)
    several: frozenset[str] = frozenset()


def _phrases(text: str) -> tuple[str, ...]:
    """Phrases, which a text separates by bars, the longest first: “no more than” is to be seen before “more than”."""
    return tuple(sorted((part.strip() for part in text.split("|")), key=lambda one: (-len(one), one)))


#: Abbreviations that stand right behind figures, in any language.
SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "mm": 10**6, "b": 10**9, "bn": 10**9,
            "bln": 10**9, "mrd": 10**9, "t": 10**12, "tn": 10**12, "trn": 10**12, "cr": 10**7}  # fmt: skip
#: Those that can be a unit as well: the code of that unit (``quantity_unit``), or "" for one that has no code.
UNIT_SUFFIXES = {"m": "metre", "t": "tonne", "mm": "", "b": "", "k": ""}
#: Signs before a number.
SIGNS = {"~": "loose", "≈": "loose", "≃": "loose", "±": "loose", ">": "lower", "≥": "lower", "<": "upper", "≤": "upper"}

UNITS = {
    name: number
    for number, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
} | {"nil": 0}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90}  # fmt: skip
#: English words for parts of a whole. “Second” is none; in the singular the others may be ordinals as well.
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
         "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100, "thousandth": 1000}  # fmt: skip
PARTS_PLURAL = {f"{name}s": number for name, number in PARTS.items()} | {"halves": 2}
ORDINALS = _set(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth "
    "ninetieth hundredth thousandth millionth"
)
#: Those that make an ordinal of a number right before them: “the two hundredth”.
ORDINALS_OF_SCALES = _set("hundredth thousandth millionth billionth")
#: Words that are a number by themselves and of which nothing can be made.
ALONE = {"both": 2, "once": 1, "twice": 2, "thrice": 3, "single": 1} | {
    f"{name}fold": number for name, number in (UNITS | TENS | {"hundred": 100, "thousand": 1000}).items() if number > 1
}
#: Words behind a number that tell how long its figures are: “a six-figure sum”.
DIGITS = _set("figure digit")
#: Months, in all languages whose words are read: figures beside them are a day or a year.
MONTHS = _set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv "
    "févr juil januar jänner februar märz juni juli oktober dezember dez enero febrero marzo abril mayo junio julio "
    "agosto septiembre setiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre "
    "ottobre dicembre januari februari maart mei augustus janeiro fevereiro março maio junho julho setembro outubro "
    "novembro dezembro"
)
#: Words before four digits that make them a year.
BEFORE_YEAR = _set(
    "in since until till during year early late mid of through from before after by spring summer autumn fall winter "
    "and to between circa en depuis dès avant après début année an im jahr jahre jahres seit anfang ende mitte vor "
    "nach desde año nel dal dall' del anno sinds jaar em ano"
)
#: Words before “of” behind which four digits are no year: “a total of 2000”.
BEFORE_OF = _set(
    "excess upwards upward total maximum minimum number ceiling order region neighborhood neighbourhood vicinity "
    "average toll out"
)
#: What stands between two years: “2014-2020”, “from 2014 to 2020”.
BETWEEN_YEARS = _set("- to and or till until through et bis und y e en")
#: Words behind a year, which no number of things stands before: “in 2019 the army”.
BEHIND_YEAR = _set(
    "the a an he she it they we his her its their when after as that which who was were is are had has have"
)
#: Words before a number that make it a label, in all languages whose words are read.
LABELS = _set(
    "resolution article no nos № # ° number section chapter page paragraph flight highway route channel brigade "
    "battalion division room annex phase version unscr unit protocol rule resolutions articles sections chapters pages "
    "paragraphs flights routes channels brigades battalions annexes units protocols rules art res nr resolutionen "
    "artikel absatz kapitel seite résolution résolutions paragraphe chapitre resolución resoluciones artículo "
    "artículos capítulo risoluzione articolo articoli resolutie resolução artigo artigos núm"
)
#: Those behind which words are no label: “no two of them”.
LABELS_OF_FIGURES = _set("no nos № # ° art nr")
#: Words that a hyphen may join with figures and that make no name of them: “ten-20”, “near-200”.
JOINED = UNITS.keys() | TENS.keys() | _set("to or and near nearly almost about around some plus dozen hundred thousand")
#: “Half”, behind “and”, in languages other than English; and “or”.
HALVES = _set("demi demie medio media mezzo mezza meio meia")
OR = {"de": "oder", "en": "or", "es": "o", "fr": "ou", "it": "o", "nl": "of", "pt": "ou"}
#: Words for times, before which “over” may mean “during”.
TIMES = _set("hour hours day days week weeks month months year years decade decades minute minutes night nights")
#: Nouns after “a” that count nothing: “a number of agencies”.
VAGUE_NOUNS = _set(
    "number series handful lot lots majority minority few group range variety host string spate wave raft slew "
    "multitude couple bunch flurry plethora myriad great good large small growing vast wide long little bit fraction "
    "paar par paio significant considerable substantial sizeable sizable certain limited record"
)
#: Those that may be meant as the number zero.
NOTHING = _set(
    "none nobody kein keine keinen keiner keines keinem niemand aucun aucune ningún ninguno ninguna nessun nessuno "
    "nessuna nenhum nenhuma geen"
)
#: Those that may be meant as two.
COUPLES = _set("couple paar par paio")
#: Words that do not come between a bound and its number: “more than the 200”, “up to another 200”.
DETERMINERS = _set(
    "the its their his her our my these those another additional further total of what as an a la le les die der den "
    "das el los las il gli het"
)
#: Words that sharpen or soften a bound and leave it one.
SOFTENERS = _set(
    "well just somewhat many bit slightly far little much considerably significantly only even possibly perhaps maybe"
)
#: Words between a part and its whole where the two may be meant as a share: “one in five”, “one out of every five”.
SHARES = _set("in out of every")
#: Verbs after which “from 10 to 15” tells a change and no range.
CHANGES = _set(
    "rose risen rise rises rising increase increased increases grew grown grows fell fallen falls drop dropped "
    "dropping up down raised cut reduced jumped climbed declined decreased changed went shrank doubled tripled "
    "expanded"
)
#: Fellows of a number that are a currency: signs, and codes or words right before the figures.
CURRENCY_SIGNS = frozenset("$€£¥₽₪₺₹₤₩₦₴﷼¢")
CURRENCY_CODES = _set("usd eur gbp chf jpy cny rub lyd egp aed sar qar try tnd dzd us a c au ca hk nz")

ENGLISH = Language(
    scales={
        "hundred": 100,
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "lakh": 10**5,
        "lakhs": 10**5,
        "crore": 10**7,
        "crores": 10**7,
        "dozen": 12,
        "score": 20,
        "thousands": 10**3,
        "hundreds": 100,
        "millions": 10**6,
        "billions": 10**9,
        "trillions": 10**12,
        "dozens": 12,
        "scores": 20,
    },
    collectives={"pair": 2, "duo": 2, "trio": 3, "quartet": 4},
    vague=_set("dozens scores tens hundreds thousands millions billions trillions lakhs crores"),
    lower=_phrases(
        "at least | at the least | at the very least | no fewer than | no less than | not fewer than | not less than | "
        "more than | over | upwards of | upward of | above | in excess of | exceeding | exceeds | exceeded | greater "
        "than | larger than | beyond | a minimum of | minimum of | minimum | as few as | as little as | north of | "
        "surpassing | topping | not under | not below | longer than"
    ),
    lower_after=_phrases(
        "or more | and more | or over | and over | or above | and above | and up | or greater | at least | at the "
        "least | at a minimum | minimum | and counting | plus"
    ),
    upper=_phrases(
        "up to | up to and including | as many as | as much as | at most | at the most | no more than | not more than "
        "| no greater than | not exceeding | fewer than | less than | under | below | a maximum of | maximum of | "
        "maximum | a ceiling of | within | not over | not above | shorter than"
    ),
    upper_after=_phrases(
        "or fewer | or less | and fewer | and less | or under | and under | or below | at most | at the most | at "
        "maximum | maximum | tops | max"
    ),
    loose=_phrases(
        "about | around | some | roughly | approximately | approx. | approx | circa | ca. | ca | c. | an estimated | "
        "estimated | an approximate | near | more or less | somewhere around | in the region of | in the order of | on "
        "the order of | of the order of | in the neighborhood of | in the neighbourhood of | in the vicinity of"
    ),
    loose_after=_phrases(
        "or so | odd | some | or thereabouts | ish | something | more or less | or near it | approximately"
    ),
    below=_phrases(
        "nearly | almost | close to | just under | just below | just less than | approaching | nearing | short of | "
        "shy of | not quite"
    ),
    between=(("between", "and"), ("from", "to"), ("anywhere from", "to"), ("anywhere between", "and")),
    to=frozenset({"to", "or", "until", "till", "through", "perhaps", "maybe", "possibly"}),
    of=frozenset({"of", "out", "in", "among"}),
    one=_set("a an"),
    several=_set("several few many couple some"),
)
_ROMANCE_SCALES = {"million": 10**6, "millions": 10**6}
LANGUAGES: dict[str, Language] = {
    "en": ENGLISH,
    "fr": Language(
        scales=_ROMANCE_SCALES
        | {
            "mille": 10**3,
            "milliard": 10**9,
            "milliards": 10**9,
            "billion": 10**12,
            "billions": 10**12,
            "milliers": 10**3,
            "cents": 100,
            "cent": 100,
            "md": 10**9,
            "mds": 10**9,
            "douzaines": 12,
        },
        vague=_set(
            "dizaines douzaines centaines milliers millions milliards dizaine vingtaine trentaine quarantaine "
            "cinquantaine soixantaine centaine millier quinzaine"
        ),
        collectives={"douzaine": 12, "paire": 2},
        lower=_phrases("au moins | plus de | pas moins de | minimum | un minimum de | au minimum | supérieur à"),
        lower_after=_phrases("au moins | ou plus | et plus | au minimum"),
        upper=_phrases("jusqu'à | au plus | pas plus de | moins de | au maximum | un maximum de | tout au plus"),
        upper_after=_phrases("au plus | ou moins | au maximum | tout au plus"),
        loose=_phrases("environ | près de | quelque | quelques | autour de | à peu près | approximativement | vers"),
        loose_after=_phrases("environ | à peu près"),
        below=_phrases("presque"),
        between=(("entre", "et"), ("de", "à")),
        to=frozenset({"à", "ou"}),
        of=frozenset({"sur", "des", "parmi"}),
        one=_set("un une"),
        joints=_set("et"),
        halves=_set("demi demie"),
        parts={"moitié": 2, "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "dixième": 10},
        several=_set("plusieurs quelques"),
    ),
    "de": Language(
        scales={
            "million": 10**6,
            "millionen": 10**6,
            "mio": 10**6,
            "milliarde": 10**9,
            "milliarden": 10**9,
            "mrd": 10**9,
            "billion": 10**12,
            "billionen": 10**12,
            "tausend": 10**3,
            "hundert": 100,
            "dutzend": 12,
        },
        vague=_set(
            "dutzende dutzenden hunderte hunderten tausende tausenden zehntausende hunderttausende millionen milliarden"
        ),
        collectives={"dutzend": 12},
        lower=_phrases("mindestens | gut | wenigstens | mehr als | über | nicht weniger als | minimum | zumindest"),
        lower_after=_phrases("oder mehr | und mehr | mindestens"),
        upper=_phrases("bis | bis zu | höchstens | maximal | nicht mehr als | weniger als | unter | nicht über"),
        upper_after=_phrases("oder weniger | höchstens | maximal"),
        loose=_phrases("etwa | rund | ungefähr | circa | ca. | ca | gegen | an die | schätzungsweise | um die"),
        loose_after=_phrases("etwa | ungefähr"),
        below=_phrases("fast | beinahe | knapp | nahezu"),
        between=(("zwischen", "und"), ("von", "bis")),
        to=frozenset({"bis", "oder"}),
        of=frozenset({"von", "der"}),
        one=_set("ein eine einen einem einer"),
        joints=_set("und"),
        halves=_set("halb halbe halben halber halbes"),
        parts={"hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "achtel": 8, "zehntel": 10},
        several=_set(
            "mehrere mehreren mehrerer einige einigen einiger paar viele vielen wenige wenigen etliche etlichen"
        ),
        units={"anderthalb": "1.5", "eineinhalb": "1.5", "zweieinhalb": "2.5", "dreieinhalb": "3.5"},
    ),
    "es": Language(
        scales={
            "millón": 10**6,
            "millones": 10**6,
            "mil": 10**3,
            "billón": 10**12,
            "billones": 10**12,
            "millardo": 10**9,
            "docenas": 12,
        },
        vague=_set("decenas docenas centenares cientos miles millones"),
        collectives={"docena": 12},
        lower=_phrases("al menos | por lo menos | como mínimo | más de | no menos de | un mínimo de"),
        lower_after=_phrases("o más | al menos | como mínimo"),
        upper=_phrases("hasta | como máximo | a lo sumo | no más de | menos de | un máximo de"),
        upper_after=_phrases("o menos | como máximo"),
        loose=_phrases("unos | unas | alrededor de | cerca de | aproximadamente | en torno a"),
        loose_after=_phrases("aproximadamente"),
        below=_phrases("casi"),
        between=(("entre", "y"), ("de", "a")),
        to=frozenset({"a", "o"}),
        of=frozenset({"de"}),
        one=_set("un una"),
        joints=_set("y"),
        halves=_set("medio media"),
        parts={"mitad": 2, "tercio": 3, "tercios": 3, "cuarto": 4, "cuartos": 4, "quinto": 5, "quintos": 5},
        several=_set("varios varias algunos algunas par"),
    ),
    "it": Language(
        scales={"milione": 10**6, "milioni": 10**6, "mila": 10**3, "miliardo": 10**9, "miliardi": 10**9, "dozzine": 12},
        vague=_set("decine dozzine centinaia migliaia milioni miliardi"),
        collectives={"dozzina": 12},
        lower=_phrases("almeno | più di | oltre | non meno di | un minimo di"),
        lower_after=_phrases("o più | almeno"),
        upper=_phrases("fino a | al massimo | non più di | meno di | un massimo di"),
        upper_after=_phrases("o meno | al massimo"),
        loose=_phrases("circa | intorno a | all'incirca"),
        loose_after=_phrases("circa"),
        below=_phrases("quasi"),
        between=(("tra", "e"), ("fra", "e"), ("da", "a")),
        to=frozenset({"a", "o"}),
        of=frozenset({"su", "dei"}),
        one=_set("un uno una"),
        joints=_set("e"),
        halves=_set("mezzo mezza"),
        parts={"metà": 2, "terzo": 3, "terzi": 3, "quarto": 4, "quarti": 4, "quinto": 5, "quinti": 5},
        several=_set("alcuni alcune diversi diverse paio"),
    ),
    "pt": Language(
        scales={"milhão": 10**6, "milhões": 10**6, "mil": 10**3, "bilhão": 10**9, "bilhões": 10**9, "dúzias": 12},
        vague=_set("dezenas dúzias centenas milhares milhões bilhões"),
        collectives={"dúzia": 12},
        lower=_phrases("pelo menos | ao menos | no mínimo | mais de | não menos de"),
        lower_after=_phrases("ou mais | no mínimo"),
        upper=_phrases("até | no máximo | não mais de | menos de"),
        upper_after=_phrases("ou menos | no máximo"),
        loose=_phrases("cerca de | aproximadamente | por volta de"),
        loose_after=_phrases("aproximadamente"),
        below=_phrases("quase"),
        between=(("entre", "e"), ("de", "a")),
        to=frozenset({"a", "ou"}),
        of=frozenset({"de"}),
        one=_set("um uma"),
        joints=_set("e"),
        halves=_set("meio meia"),
        parts={"metade": 2, "terço": 3, "terços": 3, "quarto": 4, "quartos": 4, "quinto": 5, "quintos": 5},
        several=_set("vários várias alguns algumas par"),
    ),
    "nl": Language(
        scales={"miljoen": 10**6, "miljard": 10**9, "duizend": 10**3, "honderd": 100, "biljoen": 10**12, "dozijn": 12},
        vague=_set("tientallen dozijnen honderden duizenden miljoenen miljarden"),
        collectives={"dozijn": 12},
        lower=_phrases("minstens | ten minste | tenminste | meer dan | ruim | niet minder dan | minimaal"),
        lower_after=_phrases("of meer | minstens"),
        upper=_phrases("tot | hoogstens | maximaal | ten hoogste | niet meer dan | minder dan"),
        upper_after=_phrases("of minder | maximaal"),
        loose=_phrases("ongeveer | circa | zo'n | rond de | rond"),
        loose_after=_phrases("ongeveer"),
        below=_phrases("bijna"),
        between=(("tussen", "en"), ("van", "tot")),
        to=frozenset({"tot", "of"}),
        of=frozenset({"van"}),
        one=_set("een"),
        joints=_set("en"),
        halves=_set("half halve"),
        parts={"helft": 2, "derde": 3, "kwart": 4, "vijfde": 5, "tiende": 10},
        several=_set("enkele verschillende paar"),
        units={"anderhalf": "1.5", "anderhalve": "1.5"},
    ),
}


#: Words that multiply in languages of which no other words are known.
_SCALES = {
    "ar": {"ألف": 10**3, "الف": 10**3, "آلاف": 10**3, "مليون": 10**6, "ملايين": 10**6, "مليار": 10**9},
    "fa": {"هزار": 10**3, "میلیون": 10**6, "میلیارد": 10**9},
    "he": {"אלף": 10**3, "אלפים": 10**3, "מיליון": 10**6, "מיליארד": 10**9},
    "pl": {"tys": 10**3, "tysiące": 10**3, "tysięcy": 10**3, "milion": 10**6, "miliony": 10**6, "milionów": 10**6,
           "miliard": 10**9, "miliardy": 10**9, "miliardów": 10**9, "mld": 10**9},
    "ru": {"тыс": 10**3, "тысяч": 10**3, "тысячи": 10**3, "тысяча": 10**3, "млн": 10**6, "миллион": 10**6,
           "миллиона": 10**6, "миллионов": 10**6, "млрд": 10**9, "миллиард": 10**9, "миллиарда": 10**9,
           "миллиардов": 10**9},
    "tr": {"bin": 10**3, "milyon": 10**6, "milyar": 10**9},
    "uk": {"тис": 10**3, "тисяч": 10**3, "тисячі": 10**3, "млн": 10**6, "мільйон": 10**6, "мільйони": 10**6,
           "мільйонів": 10**6, "млрд": 10**9, "мільярд": 10**9, "мільярди": 10**9, "мільярдів": 10**9},
}  # fmt: skip


def of_language(language: str) -> Language:
    """The words of a language; of one that is not read by its words, those that multiply, as far as they are known."""
    return LANGUAGES.get(language) or Language(_SCALES.get(language, {}))


def is_read(language: str) -> bool:
    """Whether the words of a language are read, and not its figures alone, so that a person has to compare the words.

    >>> is_read("en"), is_read("fr"), is_read("tr")
    (True, True, False)
    """
    return language in LANGUAGES
