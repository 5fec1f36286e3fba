"""How a dossier's page looks beyond the other pages: one front page, then numbered parts."""

from __future__ import annotations

from typing import Final

_STYLE = """
.dossier{max-width:64rem}
.front h1{font-size:2.1rem;max-width:52rem}
.front h2,.contents h2{border:0;padding:0;margin:1.7rem 0 .3rem;font-size:.95rem;
 letter-spacing:.03em;color:var(--asset)}
.kicker{margin:1.6rem 0 0;color:var(--asset);font-weight:600}
.front .lead{font-size:1.12rem;line-height:1.6;margin:1.3rem 0 0}
.front .said{font-size:1.05rem;margin:.25rem 0}
.front figure{margin:1rem 0 .4rem;padding:.9rem 1.1rem .7rem;background:var(--panel);
 border:1px solid var(--rule);border-radius:.6rem}
.kept{margin:1rem 0;padding:.1rem 1.1rem .8rem;border-left:.25rem solid var(--asset);
 background:var(--panel)}
.kept h2{margin-top:.8rem}.kept p{margin:.2rem 0}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:0 2.5rem}
.dossier ul{padding-left:1.15rem;margin:.4rem 0}.dossier li{margin:.25rem 0;max-width:58rem}
.gates{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.6rem;
 list-style:none;padding:0;margin:.5rem 0 1rem}
.gates li{margin:0;padding:.5rem .7rem;border:1px solid var(--rule);border-radius:.5rem;
 display:flex;flex-direction:column;font-size:.88rem;line-height:1.4}
.gates .state{color:var(--faint);margin-top:auto;padding-top:.3rem}
.gates .open{border:2px solid var(--asset);background:var(--panel)}
.released{margin:1rem 0;padding:.5rem 1.1rem;border:2px solid var(--asset);border-radius:.5rem}
.contents{margin-top:2.5rem;border-top:.2rem solid var(--text)}
.contents ol{columns:2;column-gap:2.5rem;margin:.6rem 0;padding-left:1.6rem}
.part h2{display:flex;gap:.8rem;align-items:baseline}
.part .nr{color:var(--asset);font-variant-numeric:tabular-nums}
.part h3{margin:1.9rem 0 .2rem}.part .scroll{margin:.8rem 0}
.ratings .upright{vertical-align:bottom;padding:.5rem .1rem;text-align:left}
.upright span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
:lang(ja) .upright span{transform:none}
.rating{text-align:center;padding:.6rem .25rem;font-size:.82rem;color:var(--faint)}
.r-cc,.r-c{color:var(--other);font-weight:650}.r-i,.r-ii{color:var(--look);font-weight:650}
.r-cc,.r-ii{background:color-mix(in srgb,currentColor 12%,transparent)}
.watermark{position:fixed;inset:0;display:grid;place-items:center;z-index:-1;
 font-size:15vw;font-weight:800;letter-spacing:.08em;color:var(--rule);opacity:.35;
 transform:rotate(-28deg);pointer-events:none;white-space:nowrap}
body:has(.watermark){background:none}html:has(.watermark){background:var(--ground)}
@media print{.contents{break-before:page;border:0}.front h1{font-size:1.7rem}
 .front .lead{font-size:1.02rem}.front figure,.kept,.released{background:none}
 .front{font-size:.95rem}.gates{grid-template-columns:repeat(5,1fr)}
 .two{grid-template-columns:1fr 1fr}}
"""
DOCUMENT_STYLE: Final = " ".join(_STYLE.split())
