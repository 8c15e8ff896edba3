AUTHOR = "Hofkäserei Brandl"
SITENAME = "Aus dem Reifekeller"
SITEURL = ""
PATH = "content"
TIMEZONE = "Europe/Vienna"
DEFAULT_LANG = "de"
DEFAULT_PAGINATION = 10
