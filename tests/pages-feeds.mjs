// What tests/pages.mjs publishes on the loopback address: a long feed, ugly entries, and hostile entries in three formats, and
// the theme that prints everything at every place.
import fs from 'node:fs'
import http from 'node:http'

const DAY_MS = 86_400_000
// The length of the longest title, and of other texts without a space.
const LONG = 10_000
// The number of entries of the long feed.
export const ENTRIES = 450

const WORDS = 'harbour lantern tide chart ferry rope gull granite signal cellar orchard kettle ledger compass mortar thistle'.split(' ')

const escaped = text => text.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)
// XML has no way to write other control characters.
const xml = text => escaped(text.toWellFormed?.() ?? text).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
const before = (number, stepMs) => new Date(Math.floor(Date.now() / 1000) * 1000 - DAY_MS / 24 - number * stepMs).toISOString()

// A feed in each format. Entries have: id, url, title, author, summary, html, categories, enclosure (url, name), origin, date.
const formats = {
  json: (title, entries) => JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1', title, home_page_url: 'https://pages.invalid/', description: title,
    items: entries.map(it => ({
      id: it.id, url: it.url, title: it.title, summary: it.summary, content_html: it.html, date_published: it.date,
      authors: [{ name: it.author, url: it.url }], tags: it.categories, banner_image: it.picture, language: it.lang,
      attachments: it.enclosure && [{ url: it.enclosure, mime_type: it.type ?? 'audio/mpeg', title: it.title }]
    }))
  }),
  atom: (title, entries) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">${xml(title)}</title><id>urn:pages:${xml(title)}</id>
<updated>${before(0, 0)}</updated><subtitle type="html">${xml(title)}</subtitle><author><name>${xml(title)}</name></author>
${entries.map(it => `<entry xml:lang="${xml(it.lang ?? 'en')}"><id>${xml(it.id)}</id><title type="html">${xml(it.title)}</title>
<link href="${xml(it.url)}"/><author><name>${xml(it.author)}</name><uri>${xml(it.url)}</uri></author>
<published>${it.date}</published><updated>${it.date}</updated><summary type="html">${xml(it.summary ?? '')}</summary>
<content type="html">${xml(it.html)}</content>${it.categories.map(c => `<category term="${xml(c)}" label="${xml(c)}"/>`).join('')}
${it.enclosure ? `<link rel="enclosure" type="${it.type ?? 'audio/mpeg'}" title="${xml(it.title)}" href="${xml(it.enclosure)}"/>` : ''}
${it.origin ? `<source><id>urn:o</id><title type="html">${xml(it.origin)}</title><link href="${xml(it.url)}"/></source>` : ''}
</entry>`).join('\n')}</feed>`,
  rss: (title, entries) => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>${xml(title)}</title><link>https://pages.invalid/</link><description>${xml(title)}</description>
${entries.map(it => `<item><guid isPermaLink="false">${xml(it.id)}</guid><title>${xml(it.title)}</title><link>${xml(it.url)}</link>
<dc:creator>${xml(it.author)}</dc:creator><pubDate>${new Date(it.date).toUTCString()}</pubDate>
<description>${xml(it.summary ?? '')}</description><content:encoded>${xml(it.html)}</content:encoded>
${it.categories.map(c => `<category>${xml(c)}</category>`).join('')}
${it.enclosure ? `<enclosure length="1" type="${it.type ?? 'audio/mpeg'}" url="${xml(it.enclosure)}"/>` : ''}
${it.origin ? `<source url="${xml(it.url)}">${xml(it.origin)}</source>` : ''}</item>`).join('\n')}</channel></rss>`
}
const types = { json: 'application/feed+json', atom: 'application/atom+xml', rss: 'application/rss+xml' }

const words = (seed, count) => Array.from({ length: count }, (_, i) => WORDS[(seed * 7 + i * i + i * seed) % WORDS.length]).join(' ')

// Titles are numbered, so that each can be missed.
export const title = number => `Entry number ${number} of the long feed`

const long = Array.from({ length: ENTRIES }, (_, number) => ({
  id: `urn:pages:long:${number}`, url: `https://long.invalid/${number}`, title: title(number), author: 'Ines Marrow',
  html: `<p>Number ${number}: ${words(number, 8)}.</p><p>${words(number + 3, 6 + (number % 9) * 12)} ${number * 7919}</p>`,
  categories: [WORDS[number % 5]], date: before(number, DAY_MS / 11)
}))

const table = `<table><thead><tr>${'<th>A column</th>'.repeat(30)}</tr></thead><tbody>${`<tr>${'<td>1,234,567.89</td>'.repeat(30)}</tr>`.repeat(4)}</tbody></table>`
const ugly = [
  { title: 'x'.repeat(LONG), html: `<p>${'y'.repeat(LONG)}</p>`, categories: ['z'.repeat(300)], author: 'w'.repeat(500) },
  { title: 'A wide table', html: `<p>Before.</p>${table}<p>Behind.</p>` },
  { title: 'Long code', html: `<p>Before.</p><pre><code>${`let a = ${'f(x) + '.repeat(80)}0;\n`.repeat(5)}</code></pre><p><code>${'c'.repeat(900)}</code></p>` },
  { title: 'מדריך קצר לכתיבה מימין לשמאל', lang: 'he', author: 'רות אבן', html: `<p dir="rtl">${'שלום עולם, כאן נכתב טקסט ארוך. '.repeat(20)}<code>left-to-right</code></p><ul><li>אחת</li><li>שתיים</li></ul>`, categories: ['עברית'] },
  { title: 'مقال عن البحر (with English) والميناء', lang: 'ar', author: 'ليلى', html: `<p>${'البحر هادئ هذا الصباح. '.repeat(30)}</p>` },
  { title: '\u202Egnihtemos sdaer siht\u202C \u2067bidi', html: '<p>\u202Eoverride\u202C</p>' },
  { title: '港の朝と長い題名'.repeat(40), lang: 'ja', html: `<p>${'坂の途中にある喫茶店は、椅子が四つしかない。'.repeat(60)}</p>` },
  { title: '', html: '<p>No title at all, and a text that is short.</p>' },
  { title: 'Nested quotes and lists', html: `${'<blockquote>'.repeat(25)}<p>deep</p>${'</blockquote>'.repeat(25)}${'<ul><li>'.repeat(25)}deep${'</li></ul>'.repeat(25)}` },
  { title: 'Headings, rules, definitions', html: '<h1>One</h1><h2>Two</h2><h4>Four</h4><h6>Six</h6><hr><dl><dt>t</dt><dd>d</dd></dl><p><a href="https://a.invalid/">link</a> <a id="main" name="top">x</a></p>' },
  { title: 'Pictures', html: '<p><img src="https://pictures.invalid/wide.png" width="4000" height="300"> <img src="https://pictures.invalid/tall.png" alt="tall" width="10" height="9000"> <img src="https://pictures.invalid/none.png" alt=""></p><figure><img src="https://pictures.invalid/f.png" alt="f"><figcaption>A caption</figcaption></figure>' },
  { title: 'Sound', enclosure: `https://media.invalid/${'a'.repeat(600)}.mp3`, html: '<p>Listen.</p>' },
  { title: 'Moving pictures', enclosure: 'https://media.invalid/film.mp4', type: 'video/mp4', html: '<p>Look.</p>' },
  { title: 'A very long article', html: `<p>${words(1, 120)}</p>`.repeat(400) },
  { title: 'Marks \u0301\u0301\u0301' + 'e\u0301'.repeat(400), html: `<p>Z${'\u0335\u0321\u0353'.repeat(200)}</p>` },
  { title: 'Form of a feed', html: '<form action="https://evil.invalid/"><input name="q"><button>Send</button></form><label>l</label><p>after</p>' },
  { title: `https://long.invalid/${'path/'.repeat(300)}`, html: `<p>https://long.invalid/${'p'.repeat(2000)}</p>` }
].map((it, number) => ({
  id: `urn:pages:ugly:${number}`, url: `https://ugly.invalid/${number}`, author: 'A. Author', categories: ['ugly'],
  date: before(number, DAY_MS / 300), ...it
}))

// The same article in two feeds, so that there is a story.
const shared = feed => [{
  id: 'urn:pages:shared', url: 'https://shared.invalid/a', title: 'The bridge opens on Monday', author: `Author of ${feed}`,
  html: `<p>${words(5, 90)}</p><p>${words(9, 60)}</p>`, categories: ['bridge'], date: before(2, DAY_MS / 3)
}]

export const planet = [
  { name: 'long', title: 'The long feed', format: 'atom', entries: long, tags: ['many'] },
  { name: 'ugly', title: `Ugly ${'u'.repeat(300)}`, format: 'json', entries: ugly, tags: ['odd', 't'.repeat(100), 'שלום'] },
  { name: 'first', title: 'First paper', format: 'rss', entries: shared('first'), tags: ['papers'] },
  { name: 'second', title: 'Second paper', format: 'atom', entries: shared('second'), tags: ['papers'] },
  { name: 'gone', title: 'Gone', status: 410, tags: [] },
  { name: 'broken', title: 'Broken', status: 500, tags: [] }
]

// Used where the collection of vectors is not there.
const OWN = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', "'><body onload=alert(1)>",
  'javascript:alert(1)', ' java\tscript:alert(1)', 'data:text/html,<script>alert(1)</script>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>', '<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>',
  '<svg><animate attributeName=href values=javascript:alert(1) /><a id=x><rect width=99 height=99 /></a></svg>',
  '</title></style></textarea></noscript><script>alert(1)</script>', '<a href="javascript:alert(1)">x</a>',
  '<meta http-equiv=refresh content="0;url=https://evil.invalid/">', '<link rel=stylesheet href=https://evil.invalid/x.css>',
  '<base href=https://evil.invalid/>', '<form action=javascript:alert(1)><button autofocus onfocus=alert(1)>x</button></form>',
  '<style>@import url(https://evil.invalid/x.css)</style>', '<p style="background:url(javascript:alert(1))">x</p>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '{{ 7*7 }}{% include "layout.html" %}', '&lt;img src=x onerror=alert(1)&gt;',
  '<details open ontoggle=alert(1)>', '<video><source onerror=alert(1)></video>', '<object data=javascript:alert(1)></object>'
]

export function vectors(file) {
  if (!fs.existsSync(file)) return OWN
  const lines = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return [...OWN, ...lines.map(line => JSON.parse(line).payload)]
}

// Each vector at every place of an entry. Each format gets every third vector, a few sources have a vector as their title, and
// two sources have the same entries, so that there are stories.
export function hostile(vectors) {
  const entry = (vector, number) => ({
    id: `${vector}#${number}`, url: number % 2 ? vector : `https://hostile.invalid/${number}?q=${vector}`, title: vector, author: vector,
    summary: vector, html: `<p>Vector ${number}</p>${vector}`, categories: [vector, `"${vector}`],
    enclosure: number % 3 ? `https://hostile.invalid/${number}.mp3?${vector}` : vector, origin: vector,
    picture: vector, lang: number % 5 ? 'en' : vector.slice(0, 60), date: before(number, 60_000)
  })
  const entries = vectors.map(entry)
  const names = Object.keys(formats)
  const sources = names.map((format, at) => ({
    name: `h-${format}`, title: vectors[at], format, tags: ['hostile'], entries: entries.filter((_, i) => i % names.length === at)
  }))
  const titled = vectors.filter((_, i) => i % Math.ceil(vectors.length / 30) === 0).map((vector, i) => ({
    name: `t-${i}`, title: vector, format: names[i % names.length], tags: ['titled'], entries: [{
      ...entry(vector, vectors.length + i), id: `urn:pages:titled:${i}`, url: `https://titled.invalid/${i}`,
      html: `<p>${words(i, 60)} ${i}</p>${vector}<p>${words(i + 5, 60)}</p>`
    }]
  }))
  const copies = titled.slice(0, 12).map((source, i) => ({
    ...source, name: `c-${i}`, format: names[(i + 1) % names.length], entries: source.entries.map(it => ({ ...it, date: before(i, 90_000) }))
  }))
  return [...sources, ...titled, ...copies]
}

// Serves feeds at /NAME, and a page that does everything that pages must not do at /canary.
export async function publish(sources) {
  const bodies = new Map(sources.map(it => [`/${it.name}`, it]))
  const server = http.createServer((request, response) => {
    const source = bodies.get(request.url)
    if (request.url === '/canary') {
      response.setHeader('Content-Type', 'text/html')
      return response.end(`<!doctype html><title>x</title><body onload="alert(1)"><script>window.x = 1</script><img src="x" onerror="alert(2)">
<a href="javascript:alert(3)">x</a><link rel="stylesheet" href="https://canary.invalid/x.css"><img src="/y"><div style="width:4000px">wide</div>`)
    }
    if (!source || source.status) {
      response.statusCode = source?.status ?? 404
      return response.end('nothing')
    }
    response.setHeader('Content-Type', types[source.format])
    response.end(formats[source.format](source.title, source.entries))
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

// A theme that has every text where it is dangerous.
export function hostileTheme() {
  // A text that stands in many places for each entry is printed at fewer places, so that browsers can open such a page.
  const texts = `{% macro brief(t) %}<p title="{{ t }}" data-x={{ t }}>{{ t }}</p><a href="{{ t }}">a</a>{% endmacro %}
{% macro text(t) %}<p title='{{ t }}'></p><a href={{ t }}>b</a>{{ brief(t) }}<svg><a href="{{ t }}"><text>c</text></a></svg><img src="{{ t }}" alt="">
<textarea>{{ t }}</textarea><noscript>{{ t }}</noscript><!-- {{ t }} --><script>var x = "{{ t }}"; {{ t }}</script><style>p { background: url({{ t }}) } {{ t }}</style>
<button onclick="{{ t }}" formaction="{{ t }}" form=f>d</button><video poster="{{ t }}"></video>{% endmacro %}
{% macro frames(t) %}<iframe src="{{ t }}"></iframe><object data="{{ t }}"></object><embed src="{{ t }}"><script src="{{ t }}"></script>
<link rel="stylesheet" href="{{ t }}"><base href="{{ t }}"><form action="{{ t }}"></form>{% endmacro %}
{% macro markup(t) %}<div title="{{ t }}" data-x={{ t }}>{{ t }}</div><script>{{ t }}</script><style>{{ t }}</style><iframe srcdoc="{{ t }}"></iframe>{% endmacro %}
{% macro entry(it) %}{{ text(it.title) }}{{ brief(it.link) }}{{ brief(it.excerpt) }}{{ brief(it.origin) }}{{ brief(it.source.title) }}{{ brief(it.lang) }}
{%- for one in it.authors %}{{ brief(one.name) }}{{ brief(one.url) }}{% endfor %}{% for one in it.categories %}{{ brief(one) }}{% endfor %}
{%- for one in it.media %}{{ brief(one.url) }}{{ brief(one.name) }}{% endfor %}{% if it.picture %}{{ brief(it.picture.url) }}{% endif %}
{%- for one in it.copies %}{{ brief(one.title) }}{{ brief(one.link) }}{% endfor %}{% if it.content %}{{ markup(it.content) }}{% endif %}{% endmacro %}`
  const page = `{% from "texts.html" import text, brief, frames, entry %}<!doctype html><html lang="{{ lang }}"><head><title>{{ page.title }}</title>
<style>{{ style }}</style></head><body>{{ text(site.title) }}{{ text(page.title) }}{{ text(page.url) }}
{%- for it in site.feeds %}{{ text(it.title) }}{{ text(it.page) }}{% endfor %}{% for it in site.tags %}{{ text(it.name) }}{% endfor %}
{%- for day in days %}{% for it in day.entries %}{{ entry(it) }}{% if loop.index is divisibleby(7) %}{{ frames(it.title) }}{{ frames(it.link) }}{% endif %}{% endfor %}{% endfor %}
{%- for it in members %}{{ text(it.source.title) }}{{ text(it.source.site) }}{{ text(it.source.icon) }}{% if it.newest %}{{ text(it.newest.title) }}{{ text(it.newest.link) }}{% endif %}{% endfor %}
{%- if story %}{{ entry(story.entry) }}{% for it in story.copies %}{{ entry(it.entry) }}{% endfor %}{% endif %}
{%- if search %}{{ text(search.query) }}{{ frames(search.query) }}{% for it in search.found %}{{ entry(it.entry) }}{% for part in it.snippet %}{{ brief(part.text) }}{% endfor %}{% endfor %}{% endif %}
{%- if error %}{{ text(error.explanation) }}{% endif %}</body></html>`
  const pages = ['front', 'feed', 'archive', 'members', 'story', 'search', 'error']
  return { 'texts.html': texts, ...Object.fromEntries(pages.map(name => [`${name}.html`, page])) }
}
