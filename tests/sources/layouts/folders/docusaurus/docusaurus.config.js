export default {
  title: 'Seilwerk',
  url: 'https://seilwerk.example',
  baseUrl: '/',
  i18n: { defaultLocale: 'de', locales: ['de'] },
  presets: [['classic', { blog: { showReadingTime: true, onInlineAuthors: 'ignore' } }]],
};
