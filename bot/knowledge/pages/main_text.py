"""Where on a page its text stands, between navigation, share bars and footers; and the page's title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.cleaning import is_chrome
from bot.knowledge.markers import marker_of
from bot.knowledge.pages.cells import holds_data, read_rows
from bot.knowledge.pages.tree import Node, Page
from bot.knowledge.titles import looks_like_sender, looks_like_title
from bot.language.normalise import fold
from bot.language.periods import parse_date

# Names that content management systems give to what holds an article's text and nothing else, …
_STRONG = frozenset(
    (
        "zoom zoomcon ucap-content ucapcontent trs_editor trs_ueditor trs_preappend pages_content v_news_content"
        " wp_articlecontent xxgk_content xxgk-content articlecontent article-content article_content entry-content"
        " post-content news_content newscontent news-content contenttext content-text j-fontcontent info-content"
        " infocontent arti_content detail-content detail_content rich_media_content xl_content ewb-article-content"
    ).split()
)
# … and names that they give to this and to much else.
_WEAK = frozenset(
    "content main article article-con art_con text txt con detail entry post maincontent main-content".split()
)
_SERVICES = (
    r"share|bdshare\w*|bshare|jiathis\w*|qrcode|qr|ewm|erweima|saoyisao|print|fontsize|font-size|related|relate|xgxx|xgwz|xgyd|xgnr"
    r"|recommend\w*|comments?|respond|pagination|prevnext|pagenav|sxp|wechat|weixin|weibo|jubao|jiucuo|wza"
)
_FRAME = (
    r"bread\w*|crumbs?|dqwz|curlocation|foot\w*|copyright|nav\w*|topnav|menu|sidebar|side|aside|toolbar|tools?|login|search\w*|friendlink"
    r"|yqlj|links|banner|logo|topbar|header|widget|meta|tags?"
)
_CHROME = re.compile(rf"(?:^|[-_])(?:{_SERVICES}|{_FRAME})(?:[-_\d]|$)")
# Inside of what holds the text, an editor's own header or foot is the text's.
_CHROME_INSIDE = re.compile(rf"(?:^|[-_])(?:{_SERVICES})(?:[-_\d]|$)")
_FOOT = re.compile(r"(?:^|[-_])(?:foot|footer|copyright)(?:[-_\d]|$)")
_TITLED = re.compile(r"(?:^|[-_])(?:\w*title|tit|bt|biaoti)(?:[-_\d]|$)")
_SITE = re.compile(r"(?:网|网站|门户|平台|首页|专栏|官网|政府|局|委|委员会|厅|办公室|信息公开)$")
_TITLE_PARTS = re.compile(r"\s*[|｜_＿>»]+\s*|\s*[－—–]+\s*|\s+-+\s+|(?<=[\u3400-\u9fff])-+(?=[\u3400-\u9fff])")
_FLOWING = frozenset("p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre".split())
_LONGEST_TITLE = 120


def find_chrome(body: Node) -> frozenset[Node]:
    """The outermost elements whose names say that they are the site's and not the text's, unless much of the text is in them."""
    found = []
    stack = [(body, False)]
    while stack:
        node, inside = stack.pop()
        inside = inside or bool(node.names & _STRONG)
        pattern = _CHROME_INSIDE if inside else _CHROME
        if any(pattern.search(name) for name in node.names - _STRONG) and _may_be_chrome(node, body):
            found.append(node)
        else:
            stack.extend((part, inside) for part in node.elements)
    return frozenset(found)


def _may_be_chrome(node: Node, body: Node) -> bool:
    small = 3 * node.weight < body.weight or node.linked > node.prose or any(_FOOT.search(name) for name in node.names)
    return small and not any(part.names & _STRONG for part in node.walk())


def find_main(body: Node, apart: frozenset[Node]) -> Node:
    """The smallest element that holds the whole text.

    Too wide an element costs lines at both ends, which cleaning takes off; too small a one costs text. So names and density only
    choose where to begin, and a step inwards is taken where what it leaves out is nothing that an office would have written.

    Args:
        body: of the page.
        apart: its chrome and its cards.
    """
    weights = _weights(body, apart)
    total = weights[body]
    main = _largest(_STRONG, weights, total / 5) or _largest(_WEAK, weights, total / 2)
    named = main is not None
    main = main or body
    while (inner := _inner(main, weights, apart, named)) is not None:
        main = inner
    return main


def _weights(body: Node, apart: frozenset[Node]) -> dict[Node, int]:
    """How much each element weighs without the parts that are not of the text."""
    weights = {node: node.weight for node in body.walk()}
    for node in apart:
        above = node.parent
        while above is not None:
            weights[above] -= node.weight
            above = above.parent
    weights.update((part, 0) for node in apart for part in node.walk())
    return weights


def _largest(names: frozenset[str], weights: dict[Node, int], least: float) -> Node | None:
    """The heaviest element of one of the names; the outermost of those that are as heavy."""
    named = [
        node
        for node, weight in weights.items()
        if weight > 0 and weight >= least and (names & node.names or node.tag in names)
    ]
    return max(named, key=weights.__getitem__, default=None)


def _inner(node: Node, weights: dict[Node, int], apart: frozenset[Node], named: bool) -> Node | None:
    parts = [part for part in node.elements if not part.is_in_line and part.tag not in _FLOWING]
    best = max(parts, key=lambda part: weights.get(part, 0), default=None)
    if best is None or not weights[best]:
        return None
    if best.tag == "table" and holds_data(best, read_rows(best)[0]):
        return None
    if best.tag in ("td", "th", "tr", "tbody") and node.tag in ("tr", "tbody", "table") and named and len(parts) > 1:
        return None
    above = True
    for part in node.children:
        if part is best:
            above = False
        elif not _may_go(part, best, apart, named, above):
            return None
    return best


def _may_go(part: Node | str, best: Node, apart: frozenset[Node], named: bool, above: bool) -> bool:
    """Whether a part that stands beside the text, above or below it, belongs to the page and not to the text."""
    if isinstance(part, str):
        return not part.strip() or is_chrome(part.strip())
    if part in apart or not part.prose or 2 * part.linked > part.prose + part.linked:
        return True
    lines = [line for line in lines_of(part) if line and not is_chrome(line)]
    if any(marker_of(line) or parse_date(line) or looks_like_sender(line) for line in lines):
        return False
    if not lines or (above and (_is_titled(part) or all(looks_like_title(line) for line in lines))):
        return True
    if named or part.is_in_line or part.tag in _FLOWING:
        return False
    if any(table.tag == "table" and holds_data(table, read_rows(table)[0]) for table in part.walk()):
        return False
    # Boxes without a sentence beside the text; but two that weigh alike are both of the text.
    return 4 * part.prose <= best.prose and 30 * part.sentences <= best.sentences


def _is_titled(part: Node) -> bool:
    return part.tag in ("h1", "ucaptitle") or any(_TITLED.search(name) for name in part.names)


def lines_of(node: Node) -> Iterator[str]:
    """The texts of the lines that an element shows, as far as its tags tell."""
    line: list[str] = []
    for part in node.children:
        if isinstance(part, str):
            line.append(part)
        elif part.is_in_line:
            line.append(part.words())
        else:
            yield " ".join("".join(line).split())
            line.clear()
            yield from lines_of(part)
    yield " ".join("".join(line).split())


def find_title(page: Page, main: Node) -> str:
    """The title that a page shows or has in its head, without the site's name; empty where neither tells one."""
    shown = [text for text in _shown_titles(page.body, main) if 3 < len(text) <= _LONGEST_TITLE]
    headed = _folded(page.title)
    for text in shown:
        if len(_folded(text)) > 4 and _folded(text) in headed and not _is_site(text, page):
            return text
    named = _without_site(page)
    return named or next((text for text in reversed(shown) if looks_like_title(text)), "")


def _shown_titles(body: Node, main: Node) -> list[str]:
    """What is marked as a title, in the order of the page, up to the first lines of its text."""
    found: list[str] = []
    inside = frozenset(main.walk())
    for node in body.walk():
        if node in inside and node.sentences and node.tag in _FLOWING:
            break
        if node.tag == "h2" or _is_titled(node):
            found.append(node.words())
    return found


def _without_site(page: Page) -> str:
    parts = [part for part in _TITLE_PARTS.split(page.title) if part]
    kept = [part for part in parts if not _is_site(part, page)]
    longest = max(kept, key=len, default="")
    return longest if 3 < len(longest) <= _LONGEST_TITLE else ""


def _is_site(text: str, page: Page) -> bool:
    site = page.metas.get("sitename", "")
    return bool(site and _folded(text) == _folded(site)) or (
        _SITE.search(text) is not None and not looks_like_title(text)
    )


def _folded(text: str) -> str:
    return fold(text).replace(" ", "")
