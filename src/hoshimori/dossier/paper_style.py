"""How a dossier looks on paper: the functions, in the language of Typst, that lay out its pieces.

Everything a document says reaches these functions as string literals, never as markup.
"""

from __future__ import annotations

from typing import Final

PAPER_STYLE: Final = r"""
#let ink = rgb("#13202d")
#let faint = rgb("#4a5968")
#let line-colour = rgb("#c9d3dd")
#let pale = rgb("#f3f6f9")
#let blue = rgb("#005cb3")
#let teal = rgb("#00695c")
#let amber = rgb("#a34100")
#let marks = (REAL: none, EXERCISE: rgb("#fff27a"), SIMULATED: rgb("#8fe3d0"), TEST: rgb("#c9d3dd"))
#let fonts = ("Noto Sans", "Noto Sans CJK JP")
#let hair = 0.4pt + line-colour

#let running-head(reality, word, banner, meaning, name) = {
  set text(size: 7.6pt)
  set par(leading: .5em)
  let mark = marks.at(reality)
  if mark == none {
    block(width: 100%, stroke: (bottom: .6pt + ink), inset: (bottom: 3pt))[
      #strong(banner) #h(1fr) #text(fill: faint, name)
    ]
  } else {
    block(width: 100%, fill: mark, stroke: 1.6pt + ink, inset: (x: 6pt, y: 4pt), {
      strong(text(size: 11pt, tracking: .12em, word))
      h(9pt)
      strong(banner)
      h(9pt)
      meaning
    })
  }
}

#let running-foot(issue, banner, counted) = context {
  set text(size: 7.4pt, fill: faint)
  block(width: 100%, stroke: (top: .4pt + line-colour), inset: (top: 3pt), {
    issue
    h(1fr)
    strong(text(fill: ink, banner))
    h(1fr)
    counted(str(counter(page).get().first()), str(counter(page).final().first()))
  })
}

#let watermark(reality, word) = if marks.at(reality) != none {
  place(center + horizon, rotate(-52deg,
    text(size: 100pt, weight: "bold", tracking: .06em, fill: rgb("#eceff2"), word)))
}

#let eyebrow(words) = text(size: .86em, weight: "bold", fill: blue, tracking: .02em, words)
#let minor(words) = text(size: .88em, fill: faint, words)
#let small-head(words) = heading(level: 2, outlined: false, words)
#let points(lines, size: 1em) = {
  set text(size: size)
  list(marker: text(fill: blue, sym.bullet), indent: 0pt, body-indent: .5em, spacing: .5em,
    ..lines.map(one => [#one]))
}

#let pairs-in-columns(columns-wanted, rows) = grid(
  columns: (1fr,) * columns-wanted, column-gutter: 14pt, row-gutter: 0pt,
  ..rows.map(row => block(width: 100%, stroke: (top: hair), inset: (y: 3.2pt), {
    text(size: .82em, fill: faint, row.at(0))
    linebreak()
    text(size: .94em, row.at(1))
  })),
)

#let pairs(rows) = {
  set text(size: 7.8pt)
  grid(columns: (1fr, 1fr), column-gutter: 16pt,
    ..rows.map(row => block(width: 100%, stroke: (top: hair), inset: (y: 2.6pt),
      grid(columns: (auto, 1fr), column-gutter: 8pt,
        text(fill: faint, row.at(0)), align(right, row.at(1))))))
}

#let digest-like(words) = words.match(regex("^[0-9a-f]{32,}$")) != none
#let cell-text(words) = if digest-like(words) {
  text(font: "DejaVu Sans Mono", size: 5.9pt, words)
} else { words }

#let sheet-of(head, shares, rows) = {
  set text(size: 7.7pt)
  set par(leading: .48em, justify: false)
  table(
    columns: shares.map(share => share * 1fr),
    stroke: (x, y) => (bottom: hair), inset: (x: 4pt, y: 4pt), align: left + top,
    table.header(..head.map(words => text(fill: faint, weight: "bold", size: 7.2pt, words))),
    ..rows.flatten().map(cell-text),
  )
}

#let rating(word) = {
  let colour = if word in ("CC", "C") { teal } else if word in ("I", "II") { amber } else { faint }
  let fill = if word == "CC" { teal.lighten(86%) } else if word == "II" { amber.lighten(86%) }
  let heavy = if word == "N" { "regular" } else { "bold" }
  table.cell(align: center + horizon, fill: fill, text(fill: colour, weight: heavy, word))
}

#let ratings(head, upright, rows) = {
  set text(size: 7.7pt)
  set par(leading: .48em, justify: false)
  table(
    columns: (5.4fr, 1.7fr) + (0.62fr,) * upright.len(),
    stroke: (x, y) => (bottom: hair), inset: (x: 3pt, y: 4pt), align: left + top,
    table.header(
      ..head.map(words => table.cell(align: left + bottom,
        text(fill: faint, weight: "bold", size: 7.2pt, words))),
      ..upright.map(words => table.cell(align: center + bottom,
        rotate(-90deg, reflow: true, text(fill: faint, weight: "bold", size: 7.2pt, words)))),
    ),
    ..rows.map(row => (row.at(0).map(one => [#one]), row.at(1).map(rating))).flatten(),
  )
}

#let exhibit(drawn, caption, key, framed: false) = block(breakable: false, width: 100%,
  inset: if framed { (x: 8pt, top: 6pt, bottom: 5pt) } else { 0pt },
  stroke: if framed { hair }, radius: 3pt, {
    drawn
    v(3pt, weak: true)
    text(size: .84em, { strong(caption); h(4pt); text(fill: faint, key) })
  })

#let gate(code, name, state, opened) = block(width: 100%, height: 100%, radius: 3pt,
  inset: (x: 5pt, y: 4.5pt),
  stroke: if opened { 1.4pt + blue } else { hair }, {
    set text(size: .82em)
    set par(leading: .42em)
    strong(code)
    linebreak()
    name
    linebreak()
    text(fill: faint, state)
  })

#let gates(all) = grid(columns: (1fr,) * all.len(), column-gutter: 6pt,
  rows: auto, ..all.map(one => gate(..one)))

#let in-two(one, other) = grid(columns: (1fr, 1fr), column-gutter: 18pt, one, other)

#let fitted(body) = layout(room => {
  let chosen = none
  for size in (9.6pt, 9.2pt, 8.8pt, 8.4pt, 8pt, 7.6pt, 7.2pt, 6.8pt) {
    let laid = block(width: room.width, { set text(size: size); body })
    chosen = laid
    if measure(laid, width: room.width).height <= room.height { break }
  }
  chosen
})

#let dossier(title, author, language, moment, header, footer, back, body) = {
  set document(title: title, author: author, date: moment)
  set text(font: fonts, size: 9pt, fill: ink, lang: language, number-type: "lining")
  set par(leading: .62em, spacing: .8em, justify: false, linebreaks: "optimized")
  set page(paper: "a4", margin: (x: 17mm, top: 25mm, bottom: 17mm), header-ascent: 16%,
    footer-descent: 26%, header: header, footer: footer, background: back)
  show heading.where(level: 1): set text(size: 13.5pt)
  show heading.where(level: 1): set block(above: 1.9em, below: .8em)
  show heading.where(level: 2): set text(size: 1em, fill: blue)
  show heading.where(level: 2): set block(above: 1.15em, below: .5em)
  show heading.where(level: 3): set text(size: 9.6pt)
  show heading.where(level: 3): set block(above: 1.5em, below: .6em)
  body
}
"""
