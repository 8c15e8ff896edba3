BLOG_AUTHOR = "Sternwarte Ilmtal"
BLOG_TITLE = "Sternwarte Ilmtal"
SITE_URL = "https://sternwarte.example/"
DEFAULT_LANG = "de"
TIMEZONE = "Europe/Berlin"
POSTS = (
    ("posts/*.rst", "posts", "post.tmpl"),
    ("posts/*.md", "posts", "post.tmpl"),
)
PAGES = (("pages/*.rst", "pages", "page.tmpl"),)
