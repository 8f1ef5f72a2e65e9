"""Passages in quotation marks: what news prints in many languages, what looks like a mark and is none, and what is unsure.

What is expected was read off each text by hand.
"""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haftar_record.model import codes
from haftar_record.text.quotation import MARKS, Found, quotations
from haftar_record.text.spans import Span


def read(text: str, quoted: tuple[str, ...] = (), not_quoted: tuple[str, ...] = ()) -> Found:
    """What is found in a text whose paragraphs are its lines; corrections are given by their words."""
    paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]

    def place(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return quotations(text, paragraphs, map(place, quoted), map(place, not_quoted))


def passages(text: str, *corrections: tuple[str, ...]) -> list[str]:
    """The words of the quotations, marks included."""
    return [text[one.start : one.end] for one in read(text, *corrections).quotations]


#: A text, and its quotations.
PRINTED = [
    # Straight and curly marks.
    ('"We support the roadmap," the spokesman said.', ['"We support the roadmap,"']),
    ('His forces are "a gang of criminals", the spokesman said.', ['"a gang of criminals"']),
    ("He said “one” and “two”.", ["“one”", "“two”"]),
    ("‘Link between Haftar’s forces and Libya’ – X", ["‘Link between Haftar’s forces and Libya’"]),
    ("The 'rebels' took the town.", ["'rebels'"]),
    ("The ‘rebels’ took the ‘town’.", ["‘rebels’", "‘town’"]),
    ("“ We support it ” he said.", ["“ We support it ”"]),
    ('" We support it " he said.', ['" We support it "']),
    ("(\"We go\") [“We stay”] —“We”— /'We'/", ['"We go"', "“We stay”", "“We”", "'We'"]),
    # Plain text of agencies.
    ("He said ''we support it'' and left.", ["''we support it''"]),
    ("He said ``we support it'' and left.", ["``we support it''"]),
    ('He said ``we support it" and left.', ['``we support it"']),
    ("He said ``we support it`` and left.", ["``we support it``"]),
    ("‘‘We go,’’ he said.", ["‘‘We go,’’"]),
    ("He wrote `we go' there.", ["`we go'"]),
    ("He wrote <<we go>> and 2 << 3.", ["<<we go>>"]),
    # German, Polish, Romanian, Danish, Swedish, Finnish.
    ("Er sagte: „Wir unterstützen den Plan“, und ging.", ["„Wir unterstützen den Plan“"]),
    ("Er sagte: „Wir unterstützen den ‚neuen‘ Plan“, und ging.", ["„Wir unterstützen den ‚neuen‘ Plan“"]),
    ("Der ‚neue‘ Plan, sagte er, ist gut.", ["‚neue‘"]),
    ('„A" und „B" sagte er.', ['„A"', '„B"']),
    ("»Wir unterstützen den Plan«, sagte er. »Ja.«", ["»Wir unterstützen den Plan«", "»Ja.«"]),
    ("Das ›Neue‹ und das ‹Alte›.", ["›Neue‹", "‹Alte›"]),
    ("Powiedział: „Popieramy plan”, dodał.", ["„Popieramy plan”"]),
    ("„A”, a spus ,,B'' și ,,C”.", ["„A”", ",,B''", ",,C”"]),
    ("”Vi stöder planen”, sade han. ”Ja”, sade hon.", ["”Vi stöder planen”", "”Ja”"]),
    ("’Vi stöder planen’, sade han.", ["’Vi stöder planen’"]),
    ("»Vi stöder planen», sade han.", ["»Vi stöder planen»"]),
    # French, with and without no-break blanks; Russian; the same curly mark twice.
    ("Il a dit : «\u00a0Nous soutenons le plan\u00a0», puis.", ["«\u00a0Nous soutenons le plan\u00a0»"]),
    ("Il a dit : «\u202fNous soutenons le plan\u202f».", ["«\u202fNous soutenons le plan\u202f»"]),
    ("Il a dit : « Nous soutenons l’« accord » », puis.", ["« Nous soutenons l’« accord » »"]),
    ("l'accord d'Haftar qu'il a dit 'non'", ["'non'"]),
    (
        "Ha detto: 'Nell'est c'è l'esercito', negli anni '90, un po' di 'pace'.",
        ["'Nell'est c'è l'esercito'", "'pace'"],
    ),
    ("—«Nunca» —dijo—. “¿Por qué?”, ¡‘jamás’!", ["«Nunca»", "“¿Por qué?”", "‘jamás’"]),
    ("Zij zei: 'Ik ga 's morgens niet', en 's avonds ook niet.", ["'Ik ga 's morgens niet'"]),
    ("Он сказал: «Мы поддерживаем „новый“ план», и ушёл.", ["«Мы поддерживаем „новый“ план»"]),
    ('Он сказал: "Мы поддерживаем план", и ушёл.', ['"Мы поддерживаем план"']),
    ("“We go“, he said, “and stay“.", ["“We go“", "“and stay“"]),
    # Arabic, with a prefix before the mark, and with the marks the wrong way round.
    ("وقال: «نحن ندعم خريطة الطريق»، ثم غادر.", ["«نحن ندعم خريطة الطريق»"]),
    ('وقال: "نحن ندعم خريطة الطريق"، ثم غادر.', ['"نحن ندعم خريطة الطريق"']),
    ('زار و"الجيش الوطني" المدينة.', ['"الجيش الوطني"']),
    ("وقال: ”نحن ندعم“ ثم غادر.", ["”نحن ندعم“"]),
    ('\u200f"نعم"\u200f قال.', ['"نعم"']),
    # Hebrew, with abbreviations.
    ('דובר צה"ל אמר: "אנחנו תומכים במפת הדרכים".', ['"אנחנו תומכים במפת הדרכים"']),
    ("דובר צה״ל אמר: ״אנחנו תומכים בצה״ל ובמפה״.", ["״אנחנו תומכים בצה״ל ובמפה״"]),
    ('כך נכתב ב"הארץ" אתמול.', ['"הארץ"']),
    ('מנכ"לית צה"ל ודו"חות רמטכ"ל.', []),
    # Chinese, Japanese, Korean.
    ("他说：“我们支持路线图。”他离开了。", ["“我们支持路线图。”"]),
    ("他说＂我们支持＂并离开。", ["＂我们支持＂"]),
    ('他说"我们支持路线图"并离开。他说"是"。', ['"我们支持路线图"', '"是"']),
    ("他说‘支持’。", ["‘支持’"]),
    ("彼は「私たちは『新しい』計画を支持する」と述べた。", ["「私たちは『新しい』計画を支持する」"]),
    ("『新しい』と〝古い〟と｢今｣", ["『新しい』", "〝古い〟", "｢今｣"]),
    ('그는 "계획을 지지한다"고 말했다. "예"라고 했다.', ['"계획을 지지한다"', '"예"']),
    ("그는 ‘지지’를 말했다.", ["‘지지’"]),
    ("그는 '지지'를 말했다. '예'.", ["'지지'", "'예'"]),
    ("＇我们＇和＇你们＇", ["＇我们＇", "＇你们＇"]),
    # Marks inside marks: the outermost count.
    ("“outer ‘inner’ outer”", ["“outer ‘inner’ outer”"]),
    ("“We call it the “new” roadmap,” he said.", ["“We call it the “new” roadmap,”"]),
    ('"We call it the "new" roadmap," he said.', ['"We call it the "new" roadmap,"']),
    ("‘He said “no” to it,’ she said.", ["‘He said “no” to it,’"]),
    ("'He said \"no\" to it,' she said.", ["'He said \"no\" to it,'"]),
    ("“‘No,’ he said to me,” she said.", ["“‘No,’ he said to me,”"]),
    ("‘“No,” he said to me,’ she said.", ["‘“No,” he said to me,’"]),
    ('ח"כ כהן אמר: "ראש הממשלה אמר לי "לא" אתמול".', ['"ראש הממשלה אמר לי "לא" אתמול"']),
    ("Он заявил: «ООО «Вагнер» не существует».", ["«ООО «Вагнер» не существует»"]),
    (
        "“I said, ‘The militias’ roadmap is dead.’ That’s it.”",
        ["“I said, ‘The militias’ roadmap is dead.’ That’s it.”"],
    ),
    # An apostrophe beside a mark: the article before it, the s of a possessive behind it.
    ('l’‘armée’ de l’est, l\'"armée" et l’“armée”', ["‘armée’", '"armée"', "“armée”"]),
    ("the \"army\"'s base, the “army”’s, the ‘army’'s", ['"army"', "“army”", "‘army’"]),
    ('the "rebels\'" base and "Haftar\'s"', ['"rebels\'"', '"Haftar\'s"']),
    # Headlines and remarks in straight single marks.
    ("'Link between Haftar's forces and Wagner' undermines Libya", ["'Link between Haftar's forces and Wagner'"]),
    ("Libya 'peace deal' 'dead': Haftar's 'we won't' remark", ["'peace deal'", "'dead'", "'we won't'"]),
    ("Libyans' 'last chance' and '2011', not the '90s", ["'last chance'", "'2011'"]),
    ("He said 'it began in 2011' and 'ended in 2012' there.", ["'it began in 2011'", "'ended in 2012'"]),
    (
        "He called it 'treason'(sic), 'murder'[1], 'war','theft' and 'rape'.",
        ["'treason'", "'murder'", "'war'", "'theft'", "'rape'"],
    ),
    (
        "'I'm done,' he said. 'It's the rebels' problem.' The UN's 'concern' over forces' 'siege'",
        ["'I'm done,'", "'It's the rebels' problem.'", "'concern'", "'siege'"],
    ),
    ("'The militias' war of the '90s is over,' he said.", ["'The militias' war of the '90s is over,'"]),
    ("in 't Veld, 't Hooft, foto's, Hans' boek", []),
    ("'Get 'em', he said, 'quick'.", ["'Get 'em'", "'quick'"]),
    ("He said.'We go.'He left, says the U.S.'s 'man', Inc.'s and 50%'s.", ["'We go.'", "'man'"]),
    # Marks that no-break blanks hold to their words, ornaments, accents, nested ones that adjoin.
    (
        "“\u00a0We go\u00a0”, '\u00a0We stay\u00a0', \"\u202fNo\u202f\".",
        ["“\u00a0We go\u00a0”", "'\u00a0We stay\u00a0'", '"\u202fNo\u202f"'],
    ),
    ("❝We go❞, ❛no❜, ⹂nein‟, ❮non❯, 🙶yes🙷", ["❝We go❞", "❛no❜", "⹂nein‟", "❮non❯", "🙶yes🙷"]),
    ("´We go,´ he said. ``No,´´ she said. Haftar´s forces´ arms", ["´We go,´", "``No,´´"]),
    ("‘‘No,’ he told me,’ she said.", ["‘‘No,’ he told me,’"]),
    # Apostrophes, possessives, shortened words.
    ("Haftar’s militias’ closure of it", []),
    ("The militias' towns and the rebels' arms; it's Haftar's.", []),
    ("‘We support the militias’ roadmap,’ the spokesman said.", ["‘We support the militias’ roadmap,’"]),
    ("'We support the militias' roadmap,' the spokesman said.", ["'We support the militias' roadmap,'"]),
    ("The dogs' owner said 'no' and the cats' owner 'yes'.", ["'no'", "'yes'"]),
    ("'The dogs' owner', he said, 'is here'.", ["'The dogs' owner'", "'is here'"]),
    ("In the '90s rock 'n' roll was king, 'tis said at five o'clock.", []),
    ("In the ‘90s rock ‘n’ roll was king, ‘tis said.", []),
    ("In the ’90s rock ’n’ roll was king, ’tis said.", []),
    ("'Tis the season,' he said.", ["'Tis the season,'"]),
    ("Read “The ‘90s” and ‘em.", ["“The ‘90s”"]),
    ("The 1980's and the '80s' best", []),
    ("‘Abd al-Rahman said ‘no’ to al-‘Arabi and 'Ali.", ["‘no’"]),
    ("Sana' and Jumu'a' and the 'Ali family", []),
    ("‘We met ‘Ali today,’ he said.", ["‘We met ‘Ali today,’"]),
    # Feet and inches, minutes and seconds, years at the end.
    ("He is 5'10\" tall and the pipe 12\" wide; 6' by 4'.", []),
    ("He is 5′10″ tall at 40°26′46″N.", []),
    ('"He is 5\'10" tall," she said.', ['"He is 5\'10" tall,"']),
    ('He said: "It has a 12" pipe and a 6" one," and left.', ['"It has a 12" pipe and a 6" one,"']),
    ('"It ended in 2011" he said. "We go," she said.', ['"It ended in 2011"', '"We go,"']),
    ("The “class of 2011” and “more”", ["“class of 2011”", "“more”"]),
    ("He said, 'I was born in '45.'", ["'I was born in '45.'"]),
    ('He is 6ft 2" and said "hello" twice.', ['"hello"']),
    ('"He is 5\'10"" she said.', ['"He is 5\'10""']),
    ('At 32°52\'31"N 13°11\'15"E, 19"x24" wide, he is "there".', ['"there"']),
    # A lost blank, an ellipsis, marks of two kinds.
    ('He said"We support it," and left.', ['"We support it,"']),
    ('He said,"We support it,"and left.', ['"We support it,"']),
    ('“…and we go,” he said. "...and you," she said.', ["“…and we go,”", '"...and you,"']),
    ('“We support the plan" he said. "We do”', ['“We support the plan"', '"We do”']),
    # Several paragraphs: opened anew, not opened anew, with a paragraph without marks between, in the French manner.
    ("“Open to the end.\n“Second,” he said.", ["“Open to the end.", "“Second,”"]),
    ("“Open to the end.\nSecond,” he said.", ["“Open to the end.", "Second,”"]),
    ('"Open to the end.\nSecond," he said. "No."', ['"Open to the end.', 'Second,"', '"No."']),
    ('"Open.\nNo mark here.\nThird," he said.', ['"Open.', "No mark here.", 'Third,"']),
    ("“Open.\nIt is “new” and good,” he said.", ["“Open.", "It is “new” and good,”"]),
    ("„Wir gehen.\nWir bleiben“, sagte er.", ["„Wir gehen.", "Wir bleiben“"]),
    ("« Nous allons.\n» Nous restons », dit-il.", ["« Nous allons.", "» Nous restons »"]),
    ("« Un.\n» Deux.\n» Trois. »", ["« Un.", "» Deux.", "» Trois. »"]),
    ("- 'We go.\n- 'We stay,' he said.", ["'We go.", "'We stay,'"]),
    ("« Nous allons.\n« Nous restons », dit-il.", ["« Nous allons.", "« Nous restons »"]),
    ("‘We go.\n‘We stay,’ he said.", ["‘We go.", "‘We stay,’"]),
    ("'We go.\n'We stay,' he said.", ["'We go.", "'We stay,'"]),
    ("‘We go.\nWe stay,’ he said.", ["‘We go.", "We stay,’"]),
    ("'We go.\nWe stay,' he said.", ["'We go.", "We stay,'"]),
    ("「我们支持。\n「我们走。」他说。", ["「我们支持。", "「我们走。」"]),
    ("‘‘We go.\n‘‘We stay,’’ he said.", ["‘‘We go.", "‘‘We stay,’’"]),
    ("‘‘We go.\nWe stay,’’ he said.", ["‘‘We go.", "We stay,’’"]),
    ("’’We go.\n’’We stay,’’ he said.", ["’’We go.", "’’We stay,’’"]),
    (",,Wir gehen.\n,,Wir bleiben'', sagt er.", [",,Wir gehen.", ",,Wir bleiben''"]),
    ("‚Wir gehen.\n‚Wir bleiben‘, sagt er.", ["‚Wir gehen.", "‚Wir bleiben‘"]),
    ("<<We go.\n<<We stay>>, he said.", ["<<We go.", "<<We stay>>"]),
    ('``We go.\n"We stay," he said.', ["``We go.", '"We stay,"']),
    ("- “We go.\n- “We stay,” he said.", ["“We go.", "“We stay,”"]),
]


@pytest.mark.parametrize(("text", "expected"), PRINTED)
def test_quotations_are_those_that_a_reader_sees(text, expected):
    """Catches a kind of marks that is not known, an inner mark that ends an outer passage, and a sign that is no mark."""
    assert passages(text) == expected


@pytest.mark.parametrize(("text", "expected"), PRINTED)
def test_what_is_certain_leaves_no_doubt(text, expected):
    """Catches a warning about marks that can be read in one way."""
    assert read(text).doubts == []


@pytest.mark.parametrize(
    ("text", "expected", "doubtful"),
    [
        ("“Open to the end, he said.\nNothing more.", ["“Open to the end, he said."], ["“"]),
        ("“Open, he said.\nHe called it “new”.", ["“Open, he said.", "“new”"], ["“"]),
        ('"We go, he said. "We stay," he added.', ['"We go, he said. "We stay," he added.'], ['"']),
        ("We stay,” he said.", [], ["”"]),
        ('We stay," he said.', [], ['"']),
        ("Nous restons », dit-il.", [], ["»"]),
        ("He said: 'We support it and left.", [], ["'"]),
        ("'We go, he said, \"never\".\nThen more.", ['"never"'], ["'"]),
        ("'Ello there.\nNothing more.", [], ["'"]),
        ("‘The towns and the militias’ roads are closed.", ["‘The towns and the militias’"], ["‘The towns and the militias’"]),
        ('He said"we go"there and left.', [], ['"']),
        ("The '17 February' brigade and the '20 May' one.", [], ["'", "'"]),
        ("It is ' we go ' again.", [], ["'"]),
        ("The ‘5+5’ talks and ‘17 February’ men.", ["‘5+5’"], ["‘"]),
        ("‘‘We go, he said.\nNothing more.", [], ["‘", "‘"]),
        (",,Wir gehen, sagt er.\nSonst nichts.", [], [",,"]),
    ],
)  # fmt: skip
def test_what_is_unsure_is_told(text, expected, doubtful):
    """Catches a guess that nobody learns of: a mark left open, one that closes nothing, an end that may be an apostrophe."""
    found = read(text)
    assert [text[one.start : one.end] for one in found.quotations] == expected
    assert [text[one.start : one.end] for one in found.doubts] == doubtful


@pytest.mark.parametrize(
    ("text", "quoted", "not_quoted", "expected"),
    [
        # Where the marks mislead, the sheet says how far the quotation goes.
        ("“We go, he said. He left.", ("“We go,",), (), ["“We go,"]),
        ("‘the militias’ took the cats’ town", ("‘the militias’",), (), ["‘the militias’"]),
        ("“We go.\nWe stay.\nHe left.", ("We stay.",), (), ["“We go.", "We stay."]),
        ("It is so: we go. He left.", ("we go.",), (), ["we go."]),
        ('A 12" pipe and \'x 6" y', (), ('12" pipe and \'x 6"',), []),
        ("We stay,” he said. “No.”", (), ("stay,”",), ["“No.”"]),
        ("He took “the town and “left”.", ("“left”",), ("“the",), ["“left”"]),
    ],
)
def test_a_coder_settles_what_is_unsure(text, quoted, not_quoted, expected):
    """Catches a correction of the sheet that changes nothing, or that leaves the doubt."""
    found = read(text, quoted, not_quoted)
    assert [text[one.start : one.end] for one in found.quotations] == expected
    assert {text[one.start : one.end] for one in found.quotations if one.is_settled} == set(quoted)
    assert [text[one.start : one.end] for one in found.others] == list(not_quoted)
    assert found.doubts == []


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("“a”", "double_curly"),
        ("‘a’", "single_curly"),
        ('"a"', "double_straight"),
        ("'a'", "single_straight"),
        ("„a“", "double_low"),
        ("„a”", "double_low"),
        ("„a\"", "mixed"),
        ("“a\"", "mixed"),
        ("“a“", "mixed"),
        ("‚a‘", "single_low"),
        ("« a »", "double_angle"),
        ("»a«", "double_angle_inward"),
        ("»a»", "double_angle_same"),
        ("”a”", "double_closing"),
        ("’a’", "single_closing"),
        ("''a''", "doubled_apostrophes"),
        ("``a''", "doubled_backquotes"),
        ("`a'", "backquote"),
        (",,a''", "doubled_commas"),
        ("<<a>>", "ascii_angle"),
        ("＂a＂", "full_width"),
        ("「a」", "corner"),
        ("『a』", "white_corner"),
        ("״שלום״", "gershayim"),
        ("〝a〞", "double_prime"),
    ],
)  # fmt: skip
def test_style_is_that_of_the_marks(text, style):
    """Catches marks that are found and filed under another kind, or under none of the codebook."""
    (found,) = read(f"He calls it {text} again.").quotations
    assert (found.style, found.is_closed) == (style, True)
    assert style in codes.codes_of("mark_style")


@pytest.mark.parametrize("marks", [marks for marks in MARKS if marks.pairs], ids=lambda marks: marks.name)
def test_every_pair_of_the_codebook_is_found(marks):
    """Catches a pair of marks that the codebook lists and the program does not find."""
    for pair in marks.pairs:
        opening, closing = pair.split(" ")
        (found,) = read(f"He calls it {opening}a passage{closing} and no more.").quotations
        assert found.style == marks.name, pair
        assert found.end - found.start == len(f"{opening}a passage{closing}"), pair


def test_every_code_of_marks_has_its_marks():
    """Catches a code that no marks have, and a pair of marks that is of two kinds."""
    assert set(codes.codes_of("mark_style")) == {marks.name for marks in MARKS}
    pairs = [pair for marks in MARKS for pair in marks.pairs]
    assert len(pairs) == len(set(pairs))
    assert {marks.name for marks in MARKS if not marks.pairs} == {"mixed", "unmarked"}


@pytest.mark.parametrize(
    "piece",
    ['"', "'", "“", "”", "„", "«", "»", "''", "``", ",,", "<<", "‘a ", "'a ", '5" ', "s' ", 'a"b', "\u200f\"", "“‘a ", "“a\n", " ,,a", ":'a ", "'17 a' ", "l’“a”’s ", "' "],
)  # fmt: skip
def test_time_grows_with_the_length(piece):
    """Catches a text of many marks that takes time with the square of its length."""
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5


SIGNS = st.text(alphabet="ab s5.,\n\"'“”„‟‘’‚‛«»‹›״″＂「」『』`<>-א中\u200f\u00a0", max_size=120)


@settings(max_examples=400, deadline=None)
@given(SIGNS)
def test_quotations_of_any_text_are_in_order_and_inside_a_paragraph(text):
    """Catches passages that overlap, that cross the end of a paragraph, or that the same text gives only sometimes."""
    found = read(text)
    position = 0
    for one in found.quotations:
        assert position <= one.start < one.end <= len(text)
        assert "\n" not in text[one.start : one.end]
        position = one.end
    assert all(0 <= doubt.start < doubt.end <= len(text) for doubt in found.doubts)
    assert read(text) == found


@settings(max_examples=200, deadline=None)
@given(SIGNS)
def test_what_is_settled_stays_as_it_is(text):
    """Catches a passage that changes when a coder says that it is exactly so."""
    found = read(text)
    paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
    spans = [Span(one.start, one.end) for one in found.quotations]
    again = quotations(text, paragraphs, spans)
    assert [Span(one.start, one.end) for one in again.quotations if one.is_settled] == spans
