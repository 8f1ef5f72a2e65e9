"""Find the lines of a page that belong to the page and not to the text: calls, links, credits, notices, menus.

A line counts as a whole or not at all. What only looks like a call (“Share prices fell”) is a sentence that goes on;
so a pattern demands the end of the call, or a short line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text.spans import Span
from .page import Line, Page
from .wording import AGENCIES


@dataclass(frozen=True)
class Kind:
    """A kind of furniture: the reason that a sheet gives, and the lines, matched whole and in any letters."""

    because: str
    pattern: re.Pattern[str]


def _kind(because: str, *patterns: str) -> Kind:
    return Kind(because, re.compile(rf"[\W_]*(?:{'|'.join(patterns)})[\W_]*", re.IGNORECASE))


#: The rest of a line, up to some words: a call names a site, a subject or a day of the week.
_REST = r"[^\n]{0,160}"
_SITES = r"(?:facebook|twitter|x|whatsapp|telegram|instagram|linkedin|pinterest|reddit|youtube|tumblr|email|e-mail|mail|print|viber|messenger|copy link|link|pocket|flipboard|signal|tiktok|threads|bluesky)"
_AGENCY = "|".join(re.escape(name) for name in AGENCIES)

#: In the order in which they are tried.
KINDS = (
    _kind(
        "A call to share the text.",
        r"(?:share|tweet|pin|shares|partager|teilen|compartir|condividi|paylaş|поделиться|شارك|مشاركة)",
        r"(?:share|partager|teilen|compartir)[ ](?:this|it|on|via|with|the|cet|diesen|este|sur|en)\b[^.!?]{0,60}",
        rf"(?:(?:share|tweet)\b[ :]*)?(?:(?:on|via|and|,|[|/·•])?[ ]*{_SITES}(?![\w-])[ ]*){{1,12}}(?:\(opens in new window\))?",
        rf"(?:click to )?(?:share|email|print|tweet|send)\b[^.!?]{{0,60}}\(opens in (?:a )?new (?:window|tab)\)",
        r"[0-9][0-9.,]*[km]? (?:shares|views|likes|comments|reads)", r"copy (?:link|url)(?: to clipboard)?", r"link copied",
    ),
    _kind(
        "A call to subscribe, to follow or to pay.",
        rf"(?:please |click here to )?(?:subscribe|sign[ -]?up|register|log[ -]?in|sign in)(?: now| today| here| free)?(?: (?:to|for|with)\b{_REST})?",
        rf"(?:get|receive) (?:the|our|all|more|breaking|daily|weekly)\b{_REST}\b(?:inbox|newsletter|email|e-mail|app|phone|alerts?)\b[^\n]{{0,60}}",
        rf"(?:follow|like|join|find) (?:us|me|our)\b{_REST}", rf"follow\b[^\n.]{{0,60}}\b(?:on|@){_REST}",
        rf"download (?:our|the)\b[^\n]{{0,60}}\bapp\b{_REST}", rf"(?:the )?(?:daily |weekly |our )?newsletters?",
        rf"(?:support|donate to|help us|become a (?:member|subscriber|supporter))\b[^\n]{{0,80}}\b(?:us|our|journalism|work|today|now|here|member|subscriber|supporter)\b[^\n]{{0,40}}",
        rf"(?:already (?:a |have )|not a )\b[^\n]{{0,60}}\b(?:account|subscriber|member|registered)\b{_REST}",
        rf"(?:abonnez-vous|inscrivez-vous|suivez-nous|abonnieren sie|newsletter abonnieren|melden sie sich|folgen sie uns|suscríb\w+|síguenos|iscriviti|seguici|abone ol|bizi takip)\b{_REST}",
        rf"(?:اشترك|تابعنا|تابعونا|подпис\w+|הירשמו|הצטרפו)\b{_REST}",
    ),
    _kind(
        "A link to other texts; if it tells an event or what somebody says, code it instead.",
        rf"(?:read|see|watch|listen)(?: (?:more|also|next|too|now|here|full story|the full story|our|live|further))?[ ]?[:：»>|]{_REST}",
        rf"(?:also|must|further|related|more|keep|continue) read(?:ing)?(?:[ ]?[:：»>|-]{_REST}| more)?",
        rf"(?:read|see|learn|view|find out|discover)[ ]more(?:[ ](?:about|on|at|from|here|news|stories|articles)\b[^.!?\n]{{0,80}})?", r"full story", r"(?:click|tap) here\b[^.\n]{0,100}\.?",
        rf"(?:for (?:more|further)\b[^\n]{{0,80}}\b(?:visit|click|see|read|contact|go to)\b){_REST}",
        rf"(?:related|see also|more (?:on|from|about|in) [^.!?\n]{{1,60}}|you (?:may|might)(?: also)? (?:like|be interested in)|recommended|don[’']t miss|in case you missed it|also on [^.!?\n]{{1,40}})(?:[ ]?[:：]{_REST})?",
        rf"(?:lire aussi|à lire aussi|voir aussi|lesen sie auch|mehr zum thema|lea también|te puede interesar|leggi anche|ayrıca bakınız|читайте также|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا|ذات صلة|ראו גם|קראו גם)[ ]?[:：]?{_REST}",
    ),
    _kind(
        "The heading of a list of other texts.",
        r"(?:related|more|other|latest|recent|popular|trending|top|featured|recommended|similar|previous|next|most (?:read|viewed|popular|shared))(?: (?:articles?|stories|story|posts?|news|topics?|content|coverage|links?|reading|headlines?|now|from))+",
        r"(?:most (?:read|viewed|popular|shared|recent)|trending(?: now)?|editor[’']?s[’']? (?:picks?|choice)|what to read next|elsewhere on the web|around the web|promoted(?: content)?|from our partners)",
        r"(?:articles similaires|sur le même sujet|ähnliche artikel|artículos relacionados|articoli correlati|ilgili haberler|похожие статьи|مقالات ذات صلة|أخبار ذات صلة|مواضيع ذات صلة)",
    ),
    _kind(
        "A credit for a picture.",
        rf"[(\[]?(?:photo|photograph|image|picture|video|pic|cover photo|featured image|file photo|foto|صورة|фото)s?(?: (?:credits?|source|courtesy(?: of)?|by|via))?[ ]?[:：/©-][^.!?\n]{{1,80}}",
        rf"[(\[]?(?:photo|photograph|image|picture|video|foto)s? (?:credits?|by|courtesy of|via)\b[^.!?\n]{{1,80}}",
        rf"(?:file|stock|archive|handout) (?:photo|image|picture|pic|footage)s?", rf"[(\[]?(?:getty images|(?:{_AGENCY}) (?:photo|pic|file|images?))(?:/[^.!?\n]{{1,60}})?",
        rf"[^\n.!?]{{1,60}}/(?:getty images|afp|ap|reuters|epa|file photo|handout|shutterstock)(?: via [^.!?\n]{{1,40}}|/[^.!?\n]{{1,40}})?", r"[(\[]?courtesy(?: of)?[ :][^.!?\n]{1,60}",
        r"(?:click|tap) (?:on the image )?to (?:enlarge|expand|play)", r"(?:hide|show|toggle) captions?",
    ),
    _kind(
        "A notice of copyright or rights.",
        rf"(?:(?:copyright|©|\(c\)|&copy;)[ ]?)+(?:[0-9]{{4}}|[^\n.!?]{{1,40}}[0-9]{{4}}|by\b|the\b){_REST}", r"(?:copyright|©)(?:[ :][^\s.!?]{1,30}){0,4}", rf"{_REST}\ball rights reserved\b{_REST}", rf"{_REST}\b(?:may|must) not be (?:published|reproduced|copied|broadcast|rewritten|redistributed)\b{_REST}",
        rf"our standards:{_REST}", rf"(?:republish|reprint|licen[cs]e) (?:this|our|the)\b{_REST}", rf"(?:tous droits réservés|alle rechte vorbehalten|todos los derechos reservados|tutti i diritti riservati|her hakkı saklıdır|все права защищены|جميع الحقوق محفوظة|כל הזכויות שמורות){_REST}",
        rf"the (?:views|opinions)\b[^\n]{{0,80}}\b(?:are|do not)\b[^\n]{{0,160}}\b(?:author|writer|own|reflect|represent|represents|position|policy|views)\b{_REST}",
    ),
    _kind(
        "The credit of an agency, of reporters or of editors.",
        r"(?:with )?(?:additional |more )?(?:reporting|writing|editing|compiled|written|translated|edited|graphics?|production)(?:[ ](?:and|&)[ ](?:reporting|writing|editing))?[ ]by[ ](?-i:[^\W\d_a-z])[^\n]{0,240}",
        rf"(?:source|sources|via|quelle|fuente|fonte|kaynak|источник|المصدر|מקור)[ ]?[:：][^.!?\n]{{1,80}}", r"source link|original (?:source|article|post|link)", rf"(?:{_AGENCY}|agencies|staff|wires?|news agencies|with agencies)(?:(?:[ ]?[/,+&|-]|[ ]and)[ ]?(?:{_AGENCY}|agencies|staff|wires?)){{0,3}}",
        rf"(?:with|–|—|-)[ ]?(?:inputs?|reports?|files?|information|material)[ ]from{_REST}", r"(?:this|the) (?:article|story|report|piece|post|text) (?:(?:was|has been|is) )?(?:(?:first|originally|previously|also|automatically) )?(?:published|appeared|produced|provided|generated|translated|updated|edited|syndicated|corrected|republished)(?:[ ][^\s]{1,30}){0,7}",
        rf"{_REST}\b(?:contributed to this (?:report|story|article)|contributed reporting)\b[^\n]{{0,60}}", r"the post [^\n]{1,200} (?:appeared first on|first appeared on) [^\n]{1,80}", rf"\(?(?:reportage|rédaction|édité|bearbeitet|redaktion|con información de)[ ](?:par|de|von|:)[^\n]{{1,160}}",
    ),
    _kind(
        "A notice on cookies, data or the rules of the site.",
        rf"(?:we|this (?:site|website|page)|our (?:site|website|partners))\b[^\n]{{0,60}}\b(?:uses? cookies|cookies|values? your privacy|process(?:es)? (?:your )?data)\b{_REST}{_REST}", rf"by (?:continuing|clicking|using|signing up|subscribing|entering)\b{_REST}\b(?:cookies?|terms|privacy|agree|consent|accept)\b{_REST}",
        rf"(?:accept|reject|manage|allow|customi[sz]e|cookie)(?: (?:all|my|your))?(?: (?:cookies?|settings|preferences|policy|consent|choices|options))?", r"(?:privacy|cookies?) (?:policy|notice|settings|preferences)(?:[^.!?\n]{0,80})", r"terms (?:of (?:use|service)|and conditions|& conditions)[^.!?\n]{0,80}",
        r"(?:nous utilisons des cookies|diese (?:seite|website) verwendet cookies|wir verwenden cookies|utilizamos cookies|esta web utiliza cookies)[^\n]{0,240}", rf"this site is protected by\b{_REST}", rf"(?:please )?enable (?:javascript|cookies){_REST}",
    ),
    _kind(
        "A form for comments or messages.",
        rf"(?:leave|post|add|write) (?:a |your )?(?:comment|reply|message)s?{_REST}", r"(?:[0-9]+ |no |join the |view |show |hide |read |load |your )?(?:comments?|conversation|repl(?:y|ies)|responses?)(?: \([0-9]+\)| [0-9]+| are closed| off)?", rf"your email address will not be published{_REST}", rf"(?:required fields are marked|save my name,){_REST}",
        rf"send us (?:a message|an email|your|tips?)\b{_REST}", rf"(?:contact|write to|e-?mail) (?:us|the (?:author|editors?|newsroom|writer))\b{_REST}", rf"(?:report|submit) (?:a |an )?(?:correction|typo|error|mistake){_REST}", rf"(?:got|do you have) a (?:news )?(?:tip|story)\b{_REST}", r"(?:name|email|website|message|comment|submit|send|captcha) ?\*?",
        rf"do not follow this link\b{_REST}",
    ),
    _kind(
        "Part of the menus of the page.",
        r"home(?:[ ]*[>»/|›→][^\n.!?]{1,120})?", r"(?:menu|main menu|search|skip to (?:main )?content|toggle \w+|(?:back to )?top(?: button)?|back to (?:top|home)[^.!?\n]{0,30}|scroll (?:down|up|to top)|close|open|loading|please wait|next|previous|prev|next (?:article|post|story)|previous (?:article|post|story)|load more|show more|see all|view all|all news|breaking news|live|editions?|about(?: us)?|contact|advertise(?: with us)?|sitemap|rss|faq|careers|e-?paper)(?:[ ]?[:»>→…])?",
        rf"(?:previous|next) (?:article|post|story)[ ]?[:：»>→|]?{_REST}", r"(?:advertisement|advertising|sponsored(?: content)?|promoted|ad|ads|publicité|anzeige|werbung|publicidad|pubblicità|reklam|реклама|إعلان)(?: (?:-|–) [^.!?\n]{1,60})?", rf"(?:story|article) continues (?:below|after)\b[^\n]{{0,60}}",
        rf"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|labels?|posted in|mots-clés|schlagwörter|etiquetas|теги|الوسوم|كلمات مفتاحية)[ ]?[:：][^\n]{{0,240}}", r"(?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten)[ -]min(?:ute)?s?[ ](?:read|listen)", r"(?:est\. |estimated )?reading time[ ]?:?[^.!?\n]{0,30}",
        rf"listen to (?:this|the) (?:article|story){_REST}", r"(?:text size|font size|a\+|aa|a-|print this|increase text|decrease text)[^.!?\n]{0,30}", r"(?:page )?[0-9]+ (?:of|/) [0-9]+", r"(?:#\w+[ ,]*){1,20}", r"https?://[^\s]{3,300}|www\.[^\s]{3,200}", r"translate\b[^.!?\n]{0,40}",
        r"powered by [^.!?\n]{1,40}", r"end(?:s| of (?:article|story|text|report))?",
    ),
)  # fmt: skip
#: Words of a page are so few; a longer line is a paragraph of the text, whatever it begins with.
LONGEST = 420


def why(words: str) -> str | None:
    """The reason that some line is furniture, by its words alone; None for any other line.

    >>> why("Subscribe to our newsletter."), why("Share prices fell in Tripoli on Sunday.")
    ('A call to subscribe, to follow or to pay.', None)
    """
    if len(words) > LONGEST:
        return None
    return next((kind.because for kind in KINDS if kind.pattern.fullmatch(words)), None)


_LISTS = KINDS[3]


def found(page: Page, headline: Span | None) -> Iterator[tuple[Line, str]]:
    """The lines that belong to the page, in order, each with its reason. ``headline`` is a line that does not."""
    last = max((n for n, line in enumerate(page.lines) if _belongs_to_text(line)), default=len(page.lines))
    title = page.article.of(headline).casefold() if headline else None
    in_list = False
    for number, line in enumerate(page.lines):
        because = why(line.words)
        is_below = number > last
        in_list = is_below and (in_list or (because is not None and _LISTS.pattern.fullmatch(line.words) is not None))
        if because:
            yield line, because
        elif title and line.words.casefold() == title and line.span != headline:
            yield line, "The headline again."
        elif in_list and not line.ends_sentence:
            yield line, "A headline in a list of other texts."
        elif is_below and line.weight <= 6 and not line.ends_sentence:
            yield line, "Words without a verb behind the last sentence of the text."


def _belongs_to_text(line: Line) -> bool:
    return line.is_whole_sentence and why(line.words) is None
