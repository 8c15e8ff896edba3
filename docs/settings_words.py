"""What the pages on the settings say: their heads, and each key in German."""

SETTINGS = {
    "en": """# Settings

The keys of `bloglint.yml`, or of `[tool.bloglint]` in pyproject.toml.
`bloglint config` shows each with the place where its value comes from; paths count from
the folder of the file.

```yaml
source: content/posts
press: [https://x.example/news]
ignore: [dialogue]
options: {bloat-length: {max_words: 2000}}
per_file: {"*-links.md": {ignore: [bloat-structure]}}
pauses: [{from: 2026-07-20, to: 2026-08-31, why: summer break}]
```

**Patterns** in `exclude` and `per_file`: `*` stands for any characters of a name, `**`
for any folders. One without a slash fits a name in any folder (`*-links.md`,
`drafts/`), one with a slash the path from the folder of the file
(`content/archive/**`). Where two patterns of `per_file` fit, what they ignore
adds up, and of the options of a rule those of the first count.
The options of each rule stand on [its page](rules/index.md).

**`extends`**: lists and mappings (`press`, `select`, `ignore`, `rules`, `names`, `pauses`,
`exclude`, `options`, `severity`, `weights`, `terms`, `words`, `per_file`) are added to
those of the base; any other value replaces the base's. Rules of the base come along.

| key | default | what it sets |
| --- | --- | --- |""",
    "de": """# Einstellungen

Die Schlüssel von `bloglint.yml` oder von `[tool.bloglint]` in pyproject.toml.
`bloglint config` zeigt zu jedem, woher sein Wert stammt; Pfade sind relativ zum Ordner der Datei.

```yaml
source: content/posts
press: [https://x.example/presse]
ignore: [dialogue]
options: {bloat-length: {max_words: 2000}}
per_file: {"*-links.md": {ignore: [bloat-structure]}}
pauses: [{from: 2026-07-20, to: 2026-08-31, why: Sommerpause}]
```

**Muster** in `exclude` und `per_file`: `*` steht für beliebige Zeichen eines Namens, `**` für
beliebige Ordner. Ein Muster ohne Schrägstrich passt auf Namen in jedem Ordner (`*-links.md`,
`drafts/`), eines mit Schrägstrich auf den Pfad ab dem Ordner der Datei (`content/archive/**`).
Passen zwei Muster von `per_file`, entfällt, was eines davon ignoriert; bei den Optionen einer
Regel gelten die des ersten. Die Optionen jeder
Regel stehen auf
[ihrer Seite](rules/index.md).

**`extends`**: Listen und Zuordnungen (`press`, `select`, `ignore`, `rules`, `names`, `pauses`,
`exclude`, `options`, `severity`, `weights`, `terms`, `words`, `per_file`) kommen zu
denen der Grundlage hinzu; jeder andere Wert ersetzt den dortigen. Regeln der Grundlage gelten mit.

| Schlüssel | Vorgabe | was er einstellt |
| --- | --- | --- |""",
}
KEYS = {
    "extends": "Konfigurationen, auf denen diese aufbaut: eine Datei, der Name eines installierten "
    "Pakets oder eine Adresse mit der SHA-256-Prüfsumme dessen, was dort liegt.",
    "source": "das Blog, wenn keines genannt wird: ein Ordner, ein Feed oder eine Adresse.",
    "exclude": "Muster von Dateien, die keine Beiträge sind.",
    "press": "die Newsrooms, mit denen verglichen wird.",
    "profile": "wie streng die Grenzen sind: `starter`, `standard` oder `strict`.",
    "select": "nur diese Regeln laufen, nach Kennung oder deren Anfang.",
    "ignore": "diese Regeln laufen nicht, nach Kennung oder deren Anfang.",
    "options": "eigene Werte für die Optionen von Regeln, nach Kennung.",
    "rules": "Ordner mit [eigenen Regeln](own-rules.md).",
    "weights": "andere Gewichte der Gründe.",
    "severity": "andere Schweregrade, nach Kennung oder deren Anfang; der längste Treffer gilt.",
    "per_file": "für manche Dateien, nach Muster: Regeln, die nicht zählen (`ignore`), und andere "
    "Grenzen (`options`).",
    "names": "die Namen des Unternehmens und seiner Produkte.",
    "terms": "Hausschreibweisen: `unerwünschtes Wort: richtiges Wort`, jede Form einzeln.",
    "words": "Wendungen, die zusätzlich zählen (`add`, nach Regel), und solche, die nie zählen "
    "(`allow`).",
    "pauses": "angekündigte Pausen mit `from`, `to` und `why`; sie gelten nicht als Schweigen.",
    "title": "der Name des Blogs, wenn es ihn nicht selbst nennt.",
    "language": "die Sprache der Beiträge, die ihre nicht selbst nennen.",
    "timezone": "die Zone von Zeitangaben ohne Zone, etwa Europe/Berlin.",
    "fail_on": "der Schweregrad, ab dem ein Befund den Exit-Code 1 auslöst.",
    "fail_under": "die Punktzahl, unter der der Exit-Code 1 ist.",
    "limit": "wie viele der neuesten Beiträge gelesen werden.",
    "full_text": "ob die Artikel geholt werden, wenn der Feed nur Kurzfassungen enthält.",
    "preview": "ob auch Regeln in der Vorschau melden.",
    "max_feed_mb": "wie viele Megabyte ein Feed höchstens hat.",
    "max_archive_mb": "wie viele Megabyte eines exportierten Archivs entpackt werden.",
}
