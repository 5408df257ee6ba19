// Opens the pages of the real program in Chromium; tests/pages.sh installs what this needs and says how to run it.
//
//   node pages.mjs ROOT WORK [--screenshots | WORD…]
//
// A part is a function that returns what is wrong as a list of sentences, and is done when that list is empty. Every page is
// opened by `visit`, which watches over it: messages of the console, requests, scripts, dialogs and navigations.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import zlib from 'node:zlib'
import puppeteer from 'puppeteer-core'
import { ENTRIES, hostile, hostileTheme, planet, publish, title, vectors } from './pages-feeds.mjs'

const [root, work, ...options] = process.argv.slice(2)
const require = createRequire(import.meta.url)
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

// Bytes of a page as it is sent.
const PAGE_MAX_BYTES = 50_000
const SCREENSHOT_MAX_BYTES = 150_000
// Milliseconds until a page counts as hanging.
const PATIENCE_MS = 30_000
const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 900 }
// The width of WCAG 2.2, 1.4.10 (reflow).
const NARROW = { width: 320, height: 640 }
const SCHEMES = ['light', 'dark']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))
const short = (text, length = 220) => (text.length > length ? `${text.slice(0, length)}…` : text)
const row = (name, result, said) => console.log(`${name.padEnd(44)} ${result.padEnd(8)} ${said}`)
let failed = false

// One row: `part` returns { wrong, said }.
async function check(name, part) {
  if (options.length > 0 && !options.some(word => name.includes(word))) return
  const began = Date.now()
  let wrong, said
  try {
    ({ wrong, said } = await part())
  } catch (error) {
    wrong = [error.stack]
  }
  const seconds = `${((Date.now() - began) / 1000).toFixed(1)} s`
  if (wrong.length === 0) return row(name, 'ok', `${said} (${seconds})`)
  failed = true
  row(name, 'FAILED', `${wrong.length} faults (${seconds})`)
  for (const line of wrong.slice(0, 25)) console.log(`    ${line}`)
}

// The program.

const started = []

// Starts a daemon and returns its address and what stops it.
async function serve(folder, verb) {
  const out = path.join(folder, 'out')
  const log = fs.openSync(out, 'w')
  const child = spawn(process.env.WATERSHED, verb, { cwd: folder, stdio: ['ignore', log, log] })
  const gone = new Promise(resolve => child.on('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
  }
  started.push(stop)
  for (let waited = 0; waited < PATIENCE_MS && child.exitCode === null; waited += 50) {
    const address = /serving (http:\/\/127\.0\.0\.1:\d+)\//.exec(fs.readFileSync(out, 'utf8'))
    if (address) return { url: address[1], stop }
    await sleep(50)
  }
  throw new Error(`watershed ${verb.join(' ')} did not say where it serves: ${fs.readFileSync(out, 'utf8').slice(-2000)}`)
}

// Publishes sources, polls them once, and serves what came of it.
async function daemon(name, sources, more = '') {
  const folder = path.join(work, name)
  fs.mkdirSync(folder)
  const publisher = await publish(sources)
  started.push(publisher.close)
  const tables = sources.map(it => `[[source]]\nname = "${it.name}"\nurl = "${publisher.url}/${it.name}"\ntags = ${JSON.stringify(it.tags)}\n`)
  fs.writeFileSync(path.join(folder, 'watershed.toml'), `title = "Planet of ${name}"
[serve]
listen = "127.0.0.1:0"
${more}
[poll]
allow_networks = ["127.0.0.0/8"]
host_gap = "0s"
per_host = 8
every = "1h"
${tables.join('')}`)
  // Not waited for by blocking, because the publisher is in this process.
  const poll = spawn(process.env.WATERSHED, ['poll', '--all'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [poll.stdout, poll.stderr]) stream.on('data', text => { said += text })
  const status = await new Promise(resolve => poll.on('exit', resolve))
  // Some sources fail on purpose.
  if (![0, 3].includes(status)) throw new Error(`watershed poll: exit status ${status}: ${said.slice(-2000)}`)
  return { ...await serve(folder, ['run']), publisher: publisher.url, folder }
}

// An answer as it is sent, without a browser.
function get(url, coding = 'identity') {
  return new Promise((resolve, reject) => {
    http.get(url, { headers: { 'Accept-Encoding': coding, Accept: 'text/html' } }, response => {
      const parts = []
      response.on('data', part => parts.push(part))
      response.on('end', () => {
        const sent = Buffer.concat(parts)
        const undo = { br: zlib.brotliDecompressSync, gzip: zlib.gunzipSync }[response.headers['content-encoding']]
        resolve({ status: response.statusCode, headers: response.headers, sent: sent.length, text: (undo ? undo(sent) : sent).toString() })
      })
    }).on('error', reject)
  })
}
const isPage = answer => (answer.headers['content-type'] ?? '').startsWith('text/html')
const unescaped = text => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi, (_, decimal, hex, name) =>
  name ? { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name.toLowerCase()] : String.fromCodePoint(decimal ? +decimal : parseInt(hex, 16)))

// Every page of a site that links lead to from the front page, with the faults of addresses, sizes and policies. The pages that no link
// leads to are named in `more`.
async function crawl(site, more, at_most = 400) {
  const pages = new Map()
  const wrong = []
  const seen = new Set(['/', ...more])
  for (const address of seen) {
    if (pages.size >= at_most) break
    const answer = await get(site + address, 'br')
    if (!isPage(answer)) {
      if (answer.status !== 200) wrong.push(`${address} is linked, and answered ${answer.status}`)
      continue
    }
    const gzip = await get(site + address, 'gzip')
    if (answer.status !== 200 && !more.includes(address)) wrong.push(`${address} is linked, and answered ${answer.status}`)
    const policy = answer.headers['content-security-policy'] ?? ''
    if (!policy.startsWith("default-src 'none'") || /script|unsafe/.test(policy)) wrong.push(`${address} has the policy "${policy}"`)
    for (const { sent } of [answer, gzip]) if (sent >= PAGE_MAX_BYTES) wrong.push(`${address} has ${sent} bytes as it is sent`)
    pages.set(address, { ...answer, gzip: gzip.sent })
    const ids = new Set([...answer.text.matchAll(/\sid="([^"]*)"/g)].map(it => unescaped(it[1])))
    for (const [, written] of answer.text.matchAll(/<(?:a|link)\s[^>]*?href="([^"]*)"/g)) {
      const url = URL.canParse(unescaped(written), site + address) ? new URL(unescaped(written), site + address) : null
      if (url?.origin !== site) continue
      const fragment = decodeURIComponent(url.hash.slice(1))
      if (url.pathname + url.search === address && fragment && !ids.has(fragment)) wrong.push(`${address} has no ${url.hash}`)
      seen.add(url.pathname + url.search)
    }
  }
  return { pages, wrong }
}

// The browser.

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  // Chromium's own sandbox does not start for the superuser, as whom builds in containers run.
  args: [...(process.getuid() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']
})

// A tab that watches what its pages do. `visit` opens an address, calls `look` with the page, and returns what was wrong.
// `site` and `pictures` are the origins that answer; pictures from elsewhere are answered by a pixel. Pages of a theme that is
// wild may complain that the policy forbids what they do, and load media, which the policy allows.
async function tab({ site, pictures = [], bypass = false, scheme = 'light', viewport = DESKTOP, is_wild = false }) {
  const page = await browser.newPage()
  const cdp = await page.createCDPSession()
  const seen = { wrong: [], requests: [], ran: [], icons: [] }
  let wanted = ''
  page.setDefaultTimeout(PATIENCE_MS)
  await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true })
  // Whatever is compiled in the page is told, however it came to run; what this file evaluates bears puppeteer's address.
  await cdp.send('Debugger.enable')
  await cdp.send('Debugger.setSkipAllPauses', { skip: true })
  cdp.on('Debugger.scriptParsed', script => {
    // The browser's own page in place of a frame that the policy forbids has scripts.
    if (!/^pptr:|^__puppeteer|^chrome-error:/.test(script.url)) seen.ran.push(`a script of "${short(script.url, 80)}", line ${script.startLine + 1}`)
  })
  await page.setBypassCSP(bypass)
  await page.setViewport(viewport)
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }])
  await page.setRequestInterception(true)
  page.on('request', request => {
    const url = request.url()
    if (url.startsWith('data:')) return request.continue()
    const { origin } = URL.canParse(url) ? new URL(url) : { origin: 'null' }
    seen.requests.push({ url, type: request.resourceType() })
    // Browsers ask for an icon by themselves, if the page names no other.
    if (url === `${site}/favicon.ico`) return request.respond({ contentType: 'image/png', body: PIXEL })
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      if (url === wanted || (seen.may_go && origin === site)) return request.continue()
      seen.wrong.push(`went to ${short(url)}`)
      return request.abort()
    }
    if (['image', 'other'].includes(request.resourceType()) && url.startsWith('http')) {
      if (request.resourceType() === 'other') seen.icons.push(url)
      return [site, ...pictures].includes(origin) ? request.continue() : request.respond({ contentType: 'image/png', body: PIXEL })
    }
    // Styles and fonts come from the theme only. Nothing else is asked for.
    if (origin === site && ['stylesheet', 'font'].includes(request.resourceType())) return request.continue()
    if (!(is_wild && request.resourceType() === 'media')) seen.wrong.push(`asked for ${request.resourceType()} ${short(url)}`)
    return request.abort()
  })
  // The browser itself reports the status of an error page.
  const is_status = message => message.location().url === wanted && /^Failed to load resource.* status of 4/.test(message.text())
  page.on('console', message => { if (!is_wild && !is_status(message)) seen.wrong.push(`console ${message.type()}: ${short(message.text())}`) })
  page.on('pageerror', error => seen.ran.push(short(String(error))))
  page.on('dialog', dialog => {
    seen.ran.push(`a dialog: ${dialog.message()}`)
    return dialog.dismiss()
  })
  page.on('popup', () => seen.wrong.push('opened a window'))

  const visit = async (address, look = async () => []) => {
    Object.assign(seen, { wrong: [], requests: [], ran: [], icons: [], may_go: false })
    wanted = new URL(address, site).href
    let found
    try {
      await page.goto(wanted, { waitUntil: 'load' })
      found = await look(page, seen)
      // Requests of an unknown kind are for the icon that the page names.
      const icon = await page.evaluate(() => document.querySelector('link[rel="icon"]')?.href)
      for (const url of seen.icons) if (url !== icon) seen.wrong.push(`asked for ${short(url)}, which is not its icon`)
    } catch (error) {
      found = [`${error.message}`]
    }
    return [...seen.wrong, ...seen.ran.map(it => `ran ${it}`), ...found].map(it => `${short(address, 120)}: ${it}`)
  }
  return { page, cdp, visit, seen, close: () => page.close() }
}

// Opens addresses in two tabs at a time.
async function each(addresses, options, look) {
  const wrong = []
  const left = [...addresses]
  await Promise.all([0, 1].map(async () => {
    const it = await tab(options)
    while (left.length > 0) wrong.push(...await it.visit(left.shift(), look))
    await it.close()
  }))
  return wrong
}

// What a page must not contain, whatever its entries are made of.
const sweep = () => {
  const wrong = []
  const forbidden = 'script, iframe, frame, object, embed, applet, base, portal, style:not(head > style), form:not([role="search"]), meta[http-equiv], link[rel~="stylesheet"], [srcdoc], [ping], [formaction], animate, set, foreignObject'
  for (const it of document.querySelectorAll(forbidden)) wrong.push(`has ${it.outerHTML.slice(0, 150)}`)
  for (const it of document.querySelectorAll('*')) {
    for (const { name, value } of it.attributes) {
      if (/^on/i.test(name)) wrong.push(`has ${name} in ${it.outerHTML.slice(0, 150)}`)
      if (name === 'style') wrong.push(`has a style in ${it.outerHTML.slice(0, 150)}`)
      if (/^(href|src|action|poster|cite|background|data|xlink:href|longdesc|srcset)$/i.test(name)) {
        const scheme = /^[\s\u0000-\u0020]*([a-z][a-z0-9+.\s-]*):/i.exec(value)?.[1].replace(/\s/g, '').toLowerCase()
        if (/script|^data$|^file$|^blob$|^about$|^filesystem$/.test(scheme ?? '')) wrong.push(`has ${name}="${value.slice(0, 100)}" in <${it.localName}>`)
      }
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map(it => it.id)
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`has the id ${id} twice`)
  return wrong
}

// Sideways scrolling of the whole page, and what sticks out.
const overflow = () => {
  for (const it of document.querySelectorAll('details')) it.open = true
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return []
  const out = [...document.body.querySelectorAll('*')].filter(it => {
    for (let around = it.parentElement; around; around = around.parentElement) if (around !== document.body && getComputedStyle(around).overflowX !== 'visible') return false
    return it.getBoundingClientRect().right > clientWidth + 1
  })
  return [`is ${scrollWidth} wide at ${clientWidth}: ${out.slice(-3).map(it => it.outerHTML.slice(0, 120)).join(' | ')}`]
}

const violations = async page => {
  await page.evaluate(axe)
  const found = await page.evaluate(rules => axe.run(document, {
    runOnly: { type: 'tag', values: rules }, rules: { 'target-size': { enabled: true } }, preload: false, resultTypes: ['violations']
  }).then(it => it.violations.map(it => `${it.id}: ${it.help}, ${it.nodes.length} times: ${it.nodes.slice(0, 2).map(it => `${it.target} ${it.html.slice(0, 160)} (${it.any[0]?.message ?? it.all[0]?.message ?? it.none[0]?.message ?? ''})`).join(' | ')}`)), RULES)
  return found
}

// In both schemes, on a phone and on a desktop.
const accessible = async page => {
  const wrong = []
  for (const scheme of SCHEMES) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }])
    for (const viewport of [PHONE, DESKTOP]) {
      await page.setViewport(viewport)
      wrong.push(...(await violations(page)).map(it => `${scheme}, ${viewport.width}: ${it}`))
    }
  }
  return wrong
}

const finish = async () => {
  await browser.close()
  for (const stop of started) await stop()
}
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    if (interrupted) return
    interrupted = true
    await finish()
    process.exit(1)
  })
}

// A page of each kind of the demo. `pages` is what links lead to.
function kinds(pages) {
  const first = start => [...pages].find(([address, it]) => address.startsWith(start) && it.status === 200)?.[0]
  const kinds = {
    front: '/', feed: '/feed.html', archive: first('/archive/'), tag: '/tag/sea.html', source: '/source/kestrel.html', story: first('/story/'),
    members: '/sources.html', 'search, empty': '/search.html', search: '/search.html?q=comet', 'search, nothing': '/search.html?q=zzzzzz',
    'search, wrong': '/search.html?q=%22comet+source%3A', status: '/status', health: '/health.html', error: '/nothing.html'
  }
  return Object.fromEntries(Object.entries(kinds).filter(([, address]) => address))
}
const UNLINKED = ['/feed.html', '/search.html', '/search.html?q=comet', '/search.html?q=zzzzzz', '/search.html?q=%22comet+source%3A', '/nothing.html', '/story/999999.html', '/tag/none.html', '/source/none/1.html']

async function screenshots(site, pages, all) {
  const folder = path.join(root, 'docs/screenshots')
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true })
  const wrong = []
  const shots = [
    ['front', 'light', DESKTOP], ['front', 'dark', DESKTOP], ['front', 'light', PHONE], ['front', 'dark', PHONE], ['source', 'light', DESKTOP],
    ['tag', 'dark', PHONE], ['story', 'light', DESKTOP], ['members', 'light', DESKTOP], ['search', 'light', PHONE], ['status', 'light', DESKTOP],
    ['health', 'dark', DESKTOP], ['error', 'light', PHONE]
  ]
  for (const [kind, scheme, viewport] of shots) {
    if (!pages.has(all[kind])) continue
    const it = await tab({ site, pictures: ['*'], scheme, viewport: { ...viewport, deviceScaleFactor: viewport === PHONE ? 2 : 1 }, is_wild: true })
    it.page.removeAllListeners('request')
    await it.page.setRequestInterception(false)
    const file = path.join(folder, `${kind}-${scheme}-${viewport === PHONE ? 'phone' : 'desktop'}.webp`)
    wrong.push(...await it.visit(all[kind], async page => {
      // Pictures below the fold are loaded when they are near.
      await page.evaluate(() => Promise.all([...document.images].slice(0, 20).map(it => { it.loading = 'eager'; return it.decode().catch(() => {}) })))
      await page.screenshot({ path: file, type: 'webp', quality: 80 })
      const { size } = fs.statSync(file)
      return size > SCREENSHOT_MAX_BYTES ? [`the picture has ${size} bytes`] : []
    }))
    await it.close()
  }
  return { wrong, said: `${fs.readdirSync(folder).length} pictures in docs/screenshots` }
}

async function main() {
  fs.mkdirSync(path.join(work, 'demo'))
  const demo = (await serve(path.join(work, 'demo'), ['demo'])).url
  // The demo names its sources as it starts, and has their entries when it has polled them.
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    if ((JSON.parse((await get(`${demo}/feed.json`)).text).items ?? []).length > 40) break
    await sleep(100)
  }
  await sleep(1000)
  const { pages, wrong: unreachable } = await crawl(demo, UNLINKED)
  const all = kinds(pages)
  // The pictures of the demo come from its own publisher.
  const pictures = [...new Set([...[...pages.values()].map(it => it.text).join('').matchAll(/<img[^>]* src="(http:\/\/127\.0\.0\.1:\d+)/g)].map(it => it[1]))]
  if (options[0] === '--screenshots') {
    options.shift()
    return check('screenshots', () => screenshots(demo, pages, all))
  }
  const status_is_page = pages.has('/status')
  if (!status_is_page) row('/status as a page', 'skipped', 'it is not served as HTML')

  await check('what is watched is noticed', async () => {
    const canary = await publish([])
    const it = await tab({ site: canary.url, bypass: true, viewport: NARROW })
    const wrong = await it.visit('/canary', async page => [...await page.evaluate(sweep), ...await page.evaluate(overflow), ...await violations(page)])
    canary.close()
    await it.close()
    const expected = ['ran a script', 'ran a dialog: 1', 'ran a dialog: 2', 'asked for stylesheet https://canary.invalid/x.css', 'has <script>', 'has onload', 'has href="javascript:', 'wide at 320', 'html-has-lang']
    return { wrong: expected.filter(part => !wrong.some(it => it.includes(part))).map(it => `not noticed: ${it}; noticed: ${wrong.join('; ')}`), said: `${wrong.length} faults of a page that is full of them` }
  })

  await check('demo: links, anchors, sizes, policy', async () => {
    const largest = Math.max(...[...pages.values()].map(it => Math.max(it.sent, it.gzip)))
    return { wrong: unreachable, said: `${pages.size} pages, ${largest} bytes at most as sent` }
  })

  await check('demo: console, requests, scripts, 320 px', async () => {
    const wrong = await each(pages.keys(), { site: demo, pictures, viewport: NARROW }, async (page, seen) => {
      const found = [...await page.evaluate(sweep), ...await page.evaluate(overflow)]
      const shown = new Set(await page.evaluate(() => [...document.querySelectorAll('img')].flatMap(it => [it.src, it.currentSrc]).concat([...document.querySelectorAll('video')].map(it => it.poster))))
      for (const { url, type } of seen.requests) if (type === 'image' && !shown.has(url)) found.push(`asked for ${url}, which it does not show`)
      return found
    })
    // The browser itself reports a status that is an error.
    return { wrong, said: `${pages.size} pages` }
  })

  await check('demo: accessibility', async () => {
    const addresses = [...new Set(Object.values(all))].filter(it => pages.has(it))
    const wrong = await each(addresses, { site: demo, pictures }, accessible)
    return { wrong, said: `${addresses.length} kinds of pages, light and dark, ${PHONE.width} and ${DESKTOP.width} px` }
  })

  let java = true
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' })
  } catch {
    java = false
    row('demo: the Nu HTML checker', 'skipped', 'java is not installed (Debian: default-jre-headless)')
  }
  if (java) {
    await check('demo: the Nu HTML checker', async () => {
      const folder = path.join(work, 'pages')
      fs.mkdirSync(folder)
      const names = [...pages.keys()]
      names.forEach((name, at) => fs.writeFileSync(path.join(folder, `${at}.html`), pages.get(name).text))
      const jar = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar')
      const said = execFileSync('java', ['-jar', jar, '--exit-zero-always', '--format', 'json', '--stdout', folder], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] })
      const { messages } = JSON.parse(said)
      // Cells keep the alignment that their publisher wrote, because the policy of pages forbids a style.
      const told = messages.filter(it => !/^The “align” attribute on the “t[dh]” element is obsolete/.test(it.message))
      const wrong = told.map(it => `${names[+/(\d+)\.html$/.exec(it.url)?.[1]]}: ${it.subType ?? it.type}: ${it.message} (${short((it.extract ?? '').replace(/\s+/g, ' '))})`)
      return { wrong, said: `${names.length} pages` }
    })
  }

  await check('demo: keyboard only', () => keyboard(demo, pictures))
  await check('demo: searching', () => searching(demo, pictures))

  const words = options.join(' ')
  if (options.length === 0 || /planet|long|ugly/.test(words)) {
    const site = await daemon('planet', planet)
    const own = await crawl(site.url, ['/story/999999.html'])
    await check('planet: links, anchors, sizes, policy', async () => ({ wrong: own.wrong, said: `${own.pages.size} pages, ${Math.max(...[...own.pages.values()].map(it => Math.max(it.sent, it.gzip)))} bytes at most as sent` }))
    await check('planet: back to the oldest entry', () => paging(site.url))
    await check('planet: ugly entries, every width', async () => {
      const addresses = [...own.pages.keys()].filter(it => !it.startsWith('/archive/') || it === '/archive/feed/1.html')
      const wrong = await each(addresses, { site: site.url }, async page => {
        const found = await page.evaluate(sweep)
        for (const viewport of [NARROW, PHONE, DESKTOP]) {
          await page.setViewport(viewport)
          found.push(...await page.evaluate(overflow))
        }
        return found
      })
      return { wrong, said: `${addresses.length} pages` }
    })
    await check('planet: accessibility of ugly entries', async () => {
      const addresses = ['/source/ugly.html', '/sources.html', '/health.html', ...(own.pages.has('/status') ? ['/status'] : []), '/search.html?q=tag:ugly']
      return { wrong: await each(addresses, { site: site.url }, accessible), said: addresses.join(' ') }
    })
    await site.stop()
    for (const name of ['planet', 'plain']) {
      await check(`planet: the theme ${name}`, async () => {
        const config = path.join(site.folder, 'watershed.toml')
        fs.writeFileSync(config, fs.readFileSync(config, 'utf8').replace(/^(theme = .*\n)?\[poll\]/m, `theme = "${path.join(root, 'themes', name)}"\n[poll]`))
        const themed = await serve(site.folder, ['run'])
        const addresses = ['/', '/source/ugly.html', '/sources.html', '/search.html?q=harbour', '/health.html']
        const wrong = await each(addresses, { site: themed.url, viewport: NARROW }, async page => [...await page.evaluate(sweep), ...await page.evaluate(overflow), ...await accessible(page)])
        await themed.stop()
        return { wrong, said: addresses.join(' ') }
      })
    }
  }

  if (options.length === 0 || /hostile/.test(words)) await withHostile()
}

// Everything that the pages of hostile entries are asked for, once with the policy of the program and once without it, so that the
// policy does not hide what is wrong with the markup.
async function withHostile() {
  const file = path.join(root, '../shared/vectors/xss-vectors.jsonl')
  const tried = vectors(file)
  if (!fs.existsSync(file)) row('hostile: the collection of vectors', 'skipped', `it is not there; ${tried.length} of our own are used`)
  const sources = hostile(tried)
  const site = await daemon('hostile', sources)
  const own = await crawl(site.url, ['/search.html?q=x'], 500)
  const addresses = [...own.pages.keys()]
  const counted = JSON.parse((await get(`${site.url}/status.json`)).text)
  await check('hostile: everything was read', async () => {
    const failing = counted.sources.ok === sources.length ? [] : [`${counted.sources.ok} of ${sources.length} sources were read`]
    const shown = [...own.pages].filter(([name]) => name.startsWith('/archive/') || name === '/feed.html' || name === '/').map(([, it]) => it.text).join('')
    const numbers = new Set([...shown.matchAll(/Vector (\d+)/g)].map(it => +it[1]))
    // Entries with the same text or address are one entry or one story, and long texts are left out.
    const wrong = numbers.size < tried.length * 0.75 ? [`only ${numbers.size} of ${tried.length} vectors are on pages`] : []
    return { wrong: [...failing, ...wrong], said: `${numbers.size} of ${tried.length} vectors on ${addresses.length} pages` }
  })
  for (const bypass of [false, true]) {
    await check(`hostile: pages, ${bypass ? 'without' : 'with'} the policy`, async () => {
      // Without the policy the markup shows itself; with it, all that must be seen is that pages keep to it.
      const some = addresses.filter(it => bypass || !/^\/(source|tag)\//.test(it))
      const wrong = await each(some, { site: site.url, bypass, viewport: NARROW }, async page => [...await page.evaluate(sweep), ...bypass ? await page.evaluate(overflow) : []])
      return { wrong, said: `${some.length} pages` }
    })
  }
  await check('hostile: as queries', async () => {
    // Every query is parsed by the browser, and some are opened.
    const queries = tried.map(it => `/search.html?q=${encodeURIComponent((it.toWellFormed?.() ?? it).slice(0, 900))}`)
    const opened = queries.filter((_, at) => at % Math.ceil(queries.length / 60) === 0)
    const wrong = await each(opened, { site: site.url, bypass: true, viewport: NARROW }, async page => [...await page.evaluate(sweep), ...await page.evaluate(overflow)])
    const it = await tab({ site: site.url })
    await it.visit('/search.html')
    for (let at = 0; at < queries.length; at += 16) {
      const some = queries.slice(at, at + 16)
      const answers = await Promise.all(some.map(query => get(site.url + query)))
      answers.forEach((answer, of) => { if (!isPage(answer)) wrong.push(`${some[of]} answered ${answer.status}, and no page`) })
      const found = await it.page.evaluate((texts, look) => texts.map(text => {
        const parsed = new DOMParser().parseFromString(text, 'text/html')
        return new Function('document', `return (${look})()`)(parsed)
      }), answers.map(it => it.text), sweep.toString())
      found.forEach((found, of) => wrong.push(...found.map(it => `${short(some[of])}: ${it}`)))
    }
    await it.close()
    return { wrong, said: `${queries.length} queries, ${opened.length} of them opened` }
  })
  await site.stop()

  await check('hostile: a theme that prints everything', async () => {
    const folder = path.join(site.folder, 'theme')
    fs.mkdirSync(folder)
    for (const [name, text] of Object.entries(hostileTheme())) fs.writeFileSync(path.join(folder, name), text)
    const config = path.join(site.folder, 'watershed.toml')
    fs.writeFileSync(config, fs.readFileSync(config, 'utf8').replace('[poll]', 'theme = "theme"\n[poll]'))
    const themed = await serve(site.folder, ['run'])
    const archives = addresses.filter((it, at) => it.startsWith('/archive/') && at % 3 === 0)
    const some = ['/', '/sources.html', '/nothing.html', ...archives, ...addresses.filter(it => it.startsWith('/story/')).slice(0, 4)]
    let links = 0
    const wrong = await each([...some, ...tried.slice(0, 6).map(it => `/search.html?q=${encodeURIComponent(it)}`)], { site: themed.url, is_wild: true }, async page => {
      const count = await page.evaluate(() => {
        // The address that the browser makes of what was printed; in drawings it is an object.
        const scheme = it => { try { return new URL(it.href.baseVal ?? it.href, document.baseURI).protocol } catch { return '' } }
        const all = [...document.querySelectorAll('a[href]')].filter(it => scheme(it) === 'javascript:').slice(0, 40)
        for (const it of [...all, ...document.querySelectorAll('button[onclick]')].slice(0, 60)) it.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
        return { links: all.length, printed: document.querySelectorAll('textarea').length }
      })
      links += count.links
      await sleep(50)
      return count.printed > 0 ? [] : ['is not of the theme']
    })
    await themed.stop()
    // A form or a link that the theme makes of a text may be followed by a click, but only a script would do so by itself.
    return { wrong: links > 0 ? wrong : [...wrong, 'no link of a script was clicked'], said: `${some.length} pages, ${links} links of scripts clicked` }
  })
}

// Follows only links that a person sees, from the newest page to the oldest.
async function paging(site) {
  const wrong = []
  for (const start of ['/', '/tag/many.html', '/source/long.html']) {
    const it = await tab({ site })
    const titles = new Set()
    let steps = 0
    wrong.push(...await it.visit(start, async (page, seen) => {
      seen.may_go = true
      for (;;) {
        for (const text of await page.$$eval('article h3', all => all.map(it => it.textContent.trim()))) titles.add(text)
        const older = await page.$('nav.pager a[rel="next"]')
        if (!older) return []
        if (!await older.isVisible()) return ['the link to older entries is not visible']
        if (++steps > 20) return ['paging does not end']
        await Promise.all([page.waitForNavigation(), older.click()])
      }
    }))
    await it.close()
    const missing = Array.from({ length: ENTRIES }, (_, number) => title(number)).filter(it => !titles.has(it))
    if (missing.length > 0) wrong.push(`${start}: ${missing.length} entries are on none of ${steps + 1} pages, such as ${missing[0]} and ${missing.at(-1)}`)
  }
  return { wrong, said: `all ${ENTRIES} entries from the front page, a tag and a source` }
}

async function searching(site, pictures) {
  const it = await tab({ site, pictures, viewport: PHONE })
  const wrong = await it.visit('/', async (page, seen) => {
    seen.may_go = true
    await page.type('form[role="search"] input', 'comet')
    await Promise.all([page.waitForNavigation(), page.click('form[role="search"] button')])
    const found = await page.evaluate(() => ({
      url: location.pathname + location.search, articles: document.querySelectorAll('main article').length, marks: [...document.querySelectorAll('mark')].map(it => it.textContent),
      typed: document.querySelector('main input[type="search"]')?.value, feeds: [...document.querySelectorAll('link[rel="alternate"]')].map(it => it.href)
    }))
    const wrong = []
    if (found.url !== '/search.html?q=comet') wrong.push(`the form leads to ${found.url}`)
    if (found.articles < 2) wrong.push(`${found.articles} entries were found`)
    if (!found.marks.some(it => it.toLowerCase() === 'comet')) wrong.push(`what was found is not marked: ${found.marks}`)
    if (found.typed !== 'comet') wrong.push(`the page's own field has ${found.typed}`)
    for (const url of found.feeds) {
      const { status } = await get(url)
      if (status !== 200) wrong.push(`${url} answered ${status}`)
    }
    if (!found.feeds.some(it => it.includes('/search.atom?q=comet'))) wrong.push('the search is not offered as a feed')
    return wrong
  })
  await it.close()
  return { wrong, said: 'typed into the form, found, marked, and offered as feeds' }
}

// Without a mouse: what Tab reaches and in which order, whether it can be seen, Enter, and that there is a way out at the end.
async function keyboard(site, pictures) {
  const wrong = []
  let stops = 0
  for (const [address, viewport] of [['/', DESKTOP], ['/', PHONE], ['/sources.html', PHONE], ['/search.html?q=comet', DESKTOP]]) {
    const it = await tab({ site, pictures, viewport })
    wrong.push(...await it.visit(address, async page => {
      const found = []
      const reached = []
      for (let presses = 0; presses < 1500; presses++) {
        await page.keyboard.press('Tab')
        const at = await page.evaluate(() => {
          const it = document.activeElement
          if (!it || it === document.body) return null
          const box = it.getBoundingClientRect()
          const style = getComputedStyle(it)
          // The controls of sounds and films are several places within one element.
          const times = it.__reached = (it.__reached ?? 0) + 1
          return {
            is_again: times > (it.matches('audio, video') ? 20 : 1), what: it.outerHTML.slice(0, 100), is_skip: it.matches('.skip'), is_search: it.matches('[role="search"] input'), is_entry: it.matches('article h3 a, article h2 a, .members h2 a'),
            is_seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
            // Chromium marks the controls within such an element by itself.
            is_outlined: times > 1 || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
          }
        })
        if (!at || at.is_again) break
        reached.push(at)
        if (!at.is_seen) found.push(`the focus is not in sight: ${at.what}`)
        if (!at.is_outlined) found.push(`the focus is not marked: ${at.what}`)
      }
      stops += reached.length
      const wanted = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, summary, audio, video')].filter(it => it.checkVisibility() && !it.closest('details:not([open]) > :not(summary)') && !it.__reached).map(it => it.outerHTML.slice(0, 100)))
      if (!reached[0]?.is_skip) found.push(`Tab reaches first: ${reached[0]?.what}`)
      const search = reached.findIndex(it => it.is_search)
      const entry = reached.findIndex(it => it.is_entry)
      if (!(search > 0 && search < 12)) found.push(`the search is the ${search + 1}th place`)
      if (!(entry > search)) found.push(`the first entry is the ${entry + 1}th place`)
      for (const what of wanted) found.push(`Tab does not reach ${what}`)
      return found
    }))
    await it.close()
  }
  const it = await tab({ site, pictures, viewport: PHONE })
  wrong.push(...await it.visit('/', async (page, seen) => {
    const found = []
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    if (await page.evaluate(() => document.activeElement.id) !== 'main') found.push('the skip link does not lead to the content')
    await page.keyboard.press('Tab')
    if (!await page.evaluate(() => document.querySelector('main').contains(document.activeElement))) found.push('Tab behind the skip link leaves the content')
    const summary = await page.$('details > summary')
    if (!summary) return [...found, 'there is no folded text to open']
    await summary.focus()
    for (const is_open of [true, false, true]) {
      await page.keyboard.press('Enter')
      if (await page.evaluate(it => it.parentElement.open, summary) !== is_open) found.push('Enter does not open and close a long text')
    }
    seen.may_go = true
    await page.focus('form[role="search"] input')
    await page.keyboard.type('ferry')
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
    if (await page.evaluate(() => location.pathname + location.search) !== '/search.html?q=ferry') found.push('Enter does not search')
    return found
  }))
  await it.close()
  return { wrong, said: `${stops} places reached, seen and left; skip link, long texts and search by Enter` }
}

try {
  await main()
} finally {
  if (!interrupted) await finish()
}
process.exit(failed ? 1 : 0)
