export default function (eleventyConfig) {
  eleventyConfig.addPreprocessor("drafts", "*", (data) => {
    if (data.draft && process.env.ELEVENTY_RUN_MODE === "build") return false;
  });
  eleventyConfig.addPairedShortcode("kasten", (inner) => `<div class="kasten">${inner}</div>`);
  eleventyConfig.addShortcode("karte", (ort) => `<div data-ort="${ort}"></div>`);
}
