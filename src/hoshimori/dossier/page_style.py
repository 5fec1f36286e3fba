"""How the page looks: on a dark panel, on a light one, and on paper; and its small script."""

from __future__ import annotations

from typing import Final

# Colours of the dark panel keep apart under protan, deutan and tritan vision (the shapes tell
# the same without colour); those of the light panel are their darker kin. Every one of them
# reaches WCAG AA (4.5:1) on its panel and ground; a test computes it.
DARK: Final = {
    "ground": "#0a0f16",
    "panel": "#111925",
    "text": "#e8eef4",
    "faint": "#a3b2c1",
    "rule": "#2c3b4c",
    "asset": "#2f9bff",
    "other": "#8fe3d0",
    "look": "#ff9d2e",
    "watch": "#fff27a",
    "log": "#8a96a3",
    "failed": "#ff5263",
}
LIGHT: Final = {
    "ground": "#f3f6f9",
    "panel": "#ffffff",
    "text": "#13202d",
    "faint": "#4a5968",
    "rule": "#c9d3dd",
    "asset": "#005cb3",
    "other": "#00695c",
    "look": "#a34100",
    "watch": "#6b5300",
    "log": "#586573",
    "failed": "#b3122a",
}


def _variables(palette: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in palette.items())


_COLOURS = f"""
:root{{color-scheme:light dark;{_variables(LIGHT)}}}
@media screen and (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}
"""

_SCREEN = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);
 font:16px/1.55 system-ui,-apple-system,"Segoe UI","Hiragino Sans","Yu Gothic UI","Meiryo",
 "Noto Sans CJK JP","Noto Sans JP",sans-serif;font-variant-numeric:tabular-nums}
:lang(ja){line-break:strict;word-break:auto-phrase}
.content{max-width:76rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;z-index:9}
a{color:var(--asset)}
h1{font-size:1.9rem;line-height:1.2;margin:.1rem 0 0;letter-spacing:-.01em}
h2{font-size:1.25rem;margin:2.6rem 0 .8rem;padding-bottom:.35rem;
 border-bottom:1px solid var(--rule)}
h3{font-size:1.05rem;margin:0;line-height:1.4}
h4{font-size:.95rem;margin:1.4rem 0 .2rem}
p{margin:.5rem 0;max-width:62rem}
code,.digest{font:.82em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,
 "DejaVu Sans Mono","Noto Sans Mono",monospace;
 overflow-wrap:anywhere}
.running{position:sticky;top:0;z-index:5;padding:.3rem 1.25rem;font-size:.8rem;
 color:var(--faint);background:var(--ground);border-bottom:1px solid var(--rule)}
.running>div{display:flex;gap:.2rem 1.25rem;flex-wrap:wrap;align-items:baseline}
.running b{letter-spacing:.06em}
.running .issue{margin-left:auto}.running b,.running .issue{white-space:nowrap}
time{white-space:nowrap}
.simulated,.exercise,.test{color:#0c1410;border:0;font-size:.95rem;padding:.55rem 1.25rem;
 border-bottom:.5rem solid;border-image:repeating-linear-gradient(-45deg,#0c1410 0 .7rem,
 transparent .7rem 1.4rem) 8;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.simulated{background:#8fe3d0}.exercise{background:#fff27a}.test{background:#c9d3dd}
.simulated b,.exercise b,.test b{font-size:1.25rem;letter-spacing:.14em}
.brand{color:var(--faint);font-size:.9rem;margin:0}
.brand b{color:var(--text);font-weight:650;letter-spacing:.02em}
.facts{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;
 margin:1.2rem 0 0;padding:0}
.facts div{flex:1 1 13rem;padding:.35rem 0;border-top:1px solid var(--rule)}
.facts .wide{flex-basis:100%}.facts span{display:inline-block}
.facts dt{color:var(--faint);font-size:.8rem}
.facts dd{margin:0;font-weight:550}
.summary{display:flex;gap:1rem 2rem;flex-wrap:wrap;align-items:center;margin:1.5rem 0 0;
 padding:1.15rem 1.35rem;background:var(--panel);border:1px solid var(--rule);
 border-radius:.6rem}
.summary .said{flex:1 1 26rem}
.summary p{margin:.15rem 0}
.summary p:first-child{font-size:1.3rem;font-weight:620;line-height:1.35}
.summary .silence{color:var(--faint);font-size:.9rem}
.counts{display:flex;gap:1.6rem;margin:0;padding:0;list-style:none}
.counts li{text-align:center;color:var(--faint);font-size:.8rem;white-space:nowrap}
.counts b{display:block;font-size:1.7rem;line-height:1.15;color:var(--text);font-weight:620}
.mark{width:.85em;height:.85em;vertical-align:-.05em;margin-right:.4em;flex:none}
.look .mark{color:var(--look)}.watch .mark{color:var(--watch)}.log .mark{color:var(--log)}
.look .word{color:var(--look);font-weight:650}.watch .word{color:var(--watch);font-weight:600}
.word{white-space:nowrap}.log .word{color:var(--faint)}
.scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:.6rem;background:var(--panel)}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{padding:.6rem .75rem;text-align:left;vertical-align:top;
 border-bottom:1px solid var(--rule)}
tbody tr:last-child>*{border-bottom:0}
thead th{color:var(--faint);font-weight:550;font-size:.8rem;white-space:nowrap}
thead button{all:unset;cursor:pointer}thead button:focus-visible{outline:2px solid var(--asset)}
tbody th{font-weight:inherit}
.board td:nth-child(2){min-width:15rem}.board tr.look td:nth-child(2){font-weight:600}
.board td:nth-child(3),.board td:nth-child(4){min-width:8.5rem}
.board td:last-child{min-width:9rem}
.more,.note{color:var(--faint);font-size:.88em;font-weight:400}
.chip{display:inline-block;font-size:.72rem;font-weight:650;letter-spacing:.05em;
 border:1px solid;border-radius:.25rem;padding:0 .35rem;margin-left:.4rem}
details>summary{cursor:pointer;color:var(--faint);padding:.55rem 0}
details>summary:hover{color:var(--text)}
.incident{background:var(--panel);border:1px solid var(--rule);border-left:.3rem solid;
 border-radius:.6rem;padding:1.05rem 1.3rem;margin:1rem 0}
.incident.look{border-left-color:var(--look)}.incident.watch{border-left-color:var(--watch)}
.incident.log{border-left-color:var(--log)}
.incident header{display:flex;gap:.2rem 1.5rem;flex-wrap:wrap;align-items:baseline;
 justify-content:space-between}
.incident h3{flex:1 1 24rem}
.next{margin:.3rem 0 .6rem;font-size:.92rem;color:var(--faint)}
.next b{color:var(--text);font-weight:600}
.numbers{display:grid;grid-template-columns:repeat(auto-fill,minmax(17.5rem,1fr));
 gap:0 1.6rem;margin:.2rem 0 .4rem;font-size:.87rem}
.numbers div{display:flex;justify-content:space-between;gap:1rem;padding:.28rem 0;
 border-top:1px solid var(--rule)}
.numbers .wide{grid-column:1/-1;justify-content:flex-start}
.numbers dt{color:var(--faint);flex:none}.numbers dd{margin:0;text-align:right}
.numbers .wide dd{text-align:left}
figure{margin:.9rem 0 .6rem}
figure .plot{overflow-x:auto}
figure svg{display:block;width:100%;min-width:42rem;height:auto;
 font-family:inherit;stroke-linejoin:round}
@media(max-width:40rem){figure svg{min-width:30rem}.running b,.running .issue{white-space:normal}
 .simulated b,.exercise b,.test b{font-size:1.05rem;letter-spacing:.06em}}
figcaption{color:var(--faint);font-size:.82rem;margin-top:.25rem}
figcaption b{color:var(--text);font-weight:600}
.limits ul{padding-left:1.2rem;margin:.4rem 0}.limits li{margin:.4rem 0;max-width:62rem}
.limits .failed,.failed .word{color:var(--failed);font-weight:600}
pre{background:var(--panel);border:1px solid var(--rule);border-radius:.5rem;
 padding:.8rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:.6rem 0}
.words{display:grid;grid-template-columns:repeat(auto-fit,minmax(22rem,1fr));gap:.4rem 2rem;
 font-size:.88rem;margin:0}
.words dt{display:inline;font-weight:600}.words dt::after{content:" –"}
.words dd{display:inline;margin:0 0 0 .35em;
 color:var(--faint)}
footer{margin-top:2.5rem;padding-top:.8rem;border-top:1px solid var(--rule);
 color:var(--faint);font-size:.85rem}
.classified{font-weight:650;letter-spacing:.05em;color:var(--text)}
"""

# On paper a table whose head is the banner repeats that head on every page, in every browser.
_PAPER = """
@media print{
@page{size:A4;margin:12mm 12mm 14mm;@bottom-right{content:counter(page) " / " counter(pages);
 font:8pt sans-serif;color:#4a5968}}
html{font-size:11px}body{font-size:1rem;background:none}
.sheet{display:table;width:100%}
.running{display:table-header-group;position:static;background:none;break-inside:avoid}
.running>div{flex-wrap:nowrap;gap:1rem;padding:1.5mm 2mm;margin-bottom:4mm;
 border-bottom:.3mm solid var(--rule)}
.running.simulated>div,.running.exercise>div,.running.test>div{border:.8mm solid #0c1410}
.running.simulated>div{background:#8fe3d0}.running.exercise>div{background:#fff27a}
.running.test>div{background:#c9d3dd}
.running>div{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.content{display:table-row-group}
.content>div{padding:0}
h2{margin-top:6mm}h2,h3,h4,.next,details.fold>summary{break-after:avoid}
th,td{padding:1.2mm 1.6mm}
.scroll{overflow:visible;border-radius:0}.board td:nth-child(n){min-width:0}
thead th{white-space:normal}
tr,figure,.numbers div,.summary,.limits li,.words div{break-inside:avoid}
.incident{break-inside:auto;box-decoration-break:clone;-webkit-box-decoration-break:clone}
figure svg{min-width:0}
figure .plot{overflow:visible}
details.fold::details-content{content-visibility:visible;display:block;height:auto}
details.fold>summary{list-style:none}
.skip{display:none}
a{color:inherit;text-decoration:none}
}
"""

STYLE: Final = " ".join((_COLOURS + _SCREEN + _PAPER).split())

SCRIPT: Final = """
addEventListener("beforeprint",()=>{
for(const fold of document.querySelectorAll("details.fold"))fold.open=true});
const key=cell=>cell.dataset.key??(cell.textContent.match(/\\d{4}-\\d\\d-\\d\\dT[\\d:]+/)?.[0]
??cell.textContent.replaceAll(",",""));
document.querySelectorAll("table.board thead th").forEach((head,column)=>{
const button=document.createElement("button");
button.textContent=head.textContent;head.replaceChildren(button);
button.onclick=()=>{const body=head.closest("table").tBodies[0],
sign=head.ariaSort==="ascending"?-1:1;
for(const other of head.parentNode.children)other.ariaSort=null;
head.ariaSort=sign>0?"ascending":"descending";
body.append(...[...body.rows].sort((one,two)=>sign*key(one.cells[column]).localeCompare(
key(two.cells[column]),undefined,{numeric:true})))}});
""".strip()
"""Sorts the board by a column and opens folds for printing; the page reads the same without."""
