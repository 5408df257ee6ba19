// Prints what a reader of npm made of a document: an object a line, for tests/readers.sh to compare.
//
//   node readers.mjs feedsmith|rss-parser FILE
//   node readers.mjs podcast-partytime|rss-parser-podcast FILE   prints the feed, then its episodes, for tests/podcasts.py
import fs from 'node:fs'

const [reader, file] = process.argv.slice(2)
const document = fs.readFileSync(file, 'utf8')
const text = value => (value == null ? null : value instanceof Date ? value.toISOString() : typeof value === 'object' ? (value.value ?? null) : String(value))
const named = person => (typeof person === 'string' ? person : (person.name ?? person.value ?? ''))

const readers = {
  async feedsmith() {
    const { parseFeed } = await import('feedsmith')
    const { feed } = parseFeed(document)
    return (feed.entries ?? feed.items ?? []).map(entry => {
      const links = entry.links ?? []
      return {
        id: text(entry.id ?? entry.guid),
        title: text(entry.title),
        link: text(entry.url ?? entry.link ?? links.find(link => !link.rel || link.rel === 'alternate')?.href),
        published: text(entry.published ?? entry.pubDate ?? entry.date_published),
        updated: text(entry.updated ?? entry.date_modified ?? entry.atom?.updated),
        author: [...(entry.authors ?? []), ...(entry.dc?.creators ?? [])].map(named).join(', '),
        content: text(entry.content?.value ?? entry.content?.encoded ?? entry.content ?? entry.content_html ?? entry.description ?? entry.summary) ?? '',
        enclosures: [
          ...(entry.enclosures ?? []).map(it => it.url),
          ...(entry.attachments ?? []).map(it => it.url),
          ...links.filter(link => link.rel === 'enclosure').map(link => link.href)
        ].sort()
      }
    })
  },
  async 'rss-parser'() {
    const { default: Parser } = await import('rss-parser')
    const feed = await new Parser({ customFields: { item: ['published', 'updated', 'content:encoded'] } }).parseString(document)
    return feed.items.map(entry => ({
      id: text(entry.id ?? entry.guid),
      title: text(entry.title),
      link: text(entry.link),
      published: text(entry.published ?? entry.isoDate ?? entry.pubDate),
      author: text(entry.author ?? entry.creator ?? entry['dc:creator']) ?? '',
      content: text(entry['content:encoded'] ?? entry.content ?? entry.summary) ?? ''
    }))
  },
  async 'podcast-partytime'() {
    const { parseFeed } = await import('podcast-partytime')
    const feed = parseFeed(document)
    const episodes = feed.items.map(episode => ({
      title: episode.title,
      file: episode.enclosure.url,
      duration: episode.duration,
      explicit: episode.explicit,
      picture: episode.itunesImage ?? null,
      chapters_file: episode.podcastChapters?.url ?? null
    }))
    return [{ art: feed.itunesImage ?? null, author: text(feed.author), explicit: feed.explicit }, ...episodes]
  },
  async 'rss-parser-podcast'() {
    const { default: Parser } = await import('rss-parser')
    const feed = await new Parser().parseString(document)
    const flag = word => ({ true: true, false: false })[word] ?? null
    const episodes = feed.items.map(episode => ({
      title: episode.title,
      file: episode.enclosure.url,
      duration: episode.itunes.duration.split(':').reduce((sum, part) => sum * 60 + Number(part), 0),
      explicit: flag(episode.itunes.explicit),
      picture: episode.itunes.image ?? null
    }))
    return [{ art: feed.itunes?.image ?? null, author: feed.itunes?.author ?? null, explicit: flag(feed.itunes?.explicit) }, ...episodes]
  }
}

for (const entry of await readers[reader]()) console.log(JSON.stringify(entry))
